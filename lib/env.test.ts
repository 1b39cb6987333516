import { describe, expect, test } from "vitest";
import { currentSettings, originOf, readSettings } from "./env";

describe("settings", () => {
  test("have defaults for everything", () => {
    expect(readSettings({}, "/srv/ricarica")).toEqual({
      ok: true,
      settings: {
        databaseUrl: null,
        staffDatabaseUrl: null,
        ownerDatabaseUrl: null,
        port: 3000,
        portIsSet: false,
        host: "127.0.0.1",
        appUrl: null,
        dataDirectory: "/srv/ricarica/.data",
        authSecret: null,
        trustedProxies: 0,
        api: {
          publicUrl: null,
          skewSeconds: 30,
          callsPerMinuteOfKey: 3000,
          callsPerMinuteOfAddress: 6000,
        },
        credentialsKey: null,
        fourEyesAbove: 100,
        metricsToken: null,
        mail: null,
        logLevel: "info",
      },
    });
  });

  test("are read as given, an empty one as not given", () => {
    const read = readSettings(
      {
        DATABASE_URL: "postgres://u:p@db.example.com:5433/ricarica",
        PORT: "8080",
        HOST: "",
        APP_URL: "https://panel.example.com/",
        DATA_DIR: "/var/data",
      },
      "/srv/ricarica",
    );
    expect(read).toMatchObject({
      ok: true,
      settings: {
        databaseUrl: "postgres://u:p@db.example.com:5433/ricarica",
        port: 8080,
        portIsSet: true,
        host: "127.0.0.1",
        appUrl: "https://panel.example.com",
        dataDirectory: "/var/data",
      },
    });
  });

  test("of mail are a server and a sender, and neither without the other", () => {
    const read = (given: Record<string, string>) => readSettings(given, "/");
    const server = { SMTP_URL: "smtps://user:pass@mail.example.com:465" };
    expect(read({ ...server, MAIL_FROM: "Ricarica <panel@example.com>" })).toMatchObject({
      ok: true,
      settings: {
        mail: { smtpUrl: server.SMTP_URL, from: { name: "Ricarica", address: "panel@example.com" } },
      },
    });
    for (const wrong of [
      server,
      { ...server, MAIL_FROM: "panel" },
      { SMTP_URL: "http://mail.example.com", MAIL_FROM: "panel@example.com" },
    ])
      expect(read(wrong)).toMatchObject({ ok: false, problems: [{}] });
  });

  test("that are wrong are listed all at once, each by its name", () => {
    const wrong = {
      DATABASE_URL: "mysql://db/x",
      PORT: "http",
      HOST: "a b",
      APP_URL: "panel.example.com",
      AUTH_SECRET: "short",
      TRUSTED_PROXIES: "-1",
      API_URL: "/api",
    };
    const read = readSettings(wrong, "/");
    const names = read.ok ? [] : read.problems.map((problem) => problem.name);
    expect(names).toEqual(Object.keys(wrong));
    expect(() => currentSettings(wrong)).toThrow(/DATABASE_URL must be like postgres:.*\n {2}PORT must be/);
  });

  test.each([
    [{ PORT: "8080" }, "http://127.0.0.1:8080"],
    [{ HOST: "0.0.0.0" }, "http://127.0.0.1:3000"],
    [{ HOST: "::1" }, "http://[::1]:3000"],
    [{ APP_URL: "https://panel.example.com/" }, "https://panel.example.com"],
  ])("%o are reached at %s", (given, origin) => {
    expect(originOf(currentSettings(given))).toBe(origin);
  });

  test.each(["0", "65536", "-1", "3000.5", "0x50", "1e3"])("refuse the port %s", (PORT) => {
    expect(readSettings({ PORT }, "/").ok).toBe(false);
  });

  test.each(["postgres://host", "postgres:///", "not a url"])("refuse the database %s", (DATABASE_URL) => {
    expect(readSettings({ DATABASE_URL }, "/").ok).toBe(false);
  });

  test.each(["ftp://host", "https://host/panel", "localhost:3000"])("refuse the address %s", (APP_URL) => {
    expect(readSettings({ APP_URL }, "/").ok).toBe(false);
  });
});
