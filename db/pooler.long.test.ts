import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "./client";
import { ensureLogins } from "./embedded/logins";
import { testDatabase, type TestDatabase } from "./testing";

/* Behind Debian's PgBouncer, as README.md says to set it up: the rights stay apart, or nothing works at all. */

const IGNORED =
  "role,default_transaction_read_only,lock_timeout,statement_timeout,idle_in_transaction_session_timeout";

let base: TestDatabase;
let logins: { url: string; staffUrl: string };
const poolers: { process: ChildProcess; home: string }[] = [];

beforeAll(async () => {
  if (spawnSync("pgbouncer", ["--version"]).error !== undefined) install();
  base = await testDatabase();
  logins = await ensureLogins(base.owner.sql, base.url);
}, 300_000);
afterAll(async () => {
  for (const { process, home } of poolers) {
    process.kill("SIGKILL");
    fs.rmSync(home, { recursive: true, force: true });
  }
  await base.close();
});

function install(): void {
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "pgbouncer"],
  ]) {
    const { status, stderr } = spawnSync("apt-get", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`PgBouncer is not here and cannot be installed: ${stderr}`);
  }
}

/** Runs a pooler in front of the database, and returns how an address of it reads there. */
async function startPooler(mode: "transaction" | "session", ignored: string | null) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-pooler-"));
  fs.chmodSync(home, 0o777);
  const port = await freePort();
  const { hostname, port: serverPort } = new URL(base.url);
  const people = [base.url, logins.url, logins.staffUrl].map((text) => {
    const { username, password } = new URL(text);
    return `"${username}" "${decodeURIComponent(password)}"`;
  });
  fs.writeFileSync(path.join(home, "users"), `${people.join("\n")}\n`);
  const lines = [
    "[databases]",
    `* = host=${hostname} port=${serverPort}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port.toString()}`,
    "unix_socket_dir =",
    "auth_type = plain",
    `auth_file = ${path.join(home, "users")}`,
    `pool_mode = ${mode}`,
    ...(ignored === null ? [] : [`ignore_startup_parameters = ${ignored}`]),
  ];
  const settings = path.join(home, "pgbouncer.ini");
  fs.writeFileSync(settings, `${lines.join("\n")}\n`);
  // It refuses to run as root.
  const as = process.getuid?.() === 0 ? ["-u", "postgres"] : [];
  const pooler = spawn("pgbouncer", [...as, settings], { stdio: "ignore" });
  poolers.push({ process: pooler, home });
  const through = (url: string): string => {
    const changed = new URL(url);
    changed.hostname = "127.0.0.1";
    changed.port = port.toString();
    return changed.href;
  };
  for (let attempt = 0; ; attempt += 1) {
    const client = postgres(through(base.url), { max: 1, connect_timeout: 1, fetch_types: false });
    try {
      await client.unsafe("select 1");
      return through;
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(100);
    } finally {
      await client.end({ timeout: 1 });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const works = async (url: string, as: "application" | "support"): Promise<string> => {
  const pool = openDatabase(url, { as, max: 2 });
  try {
    const [row] = await pool.sql.unsafe<{ who: string }[]>("select current_user::text as who");
    return row?.who ?? "nobody";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await pool.close();
  }
};

test.each(["transaction", "session"] as const)(
  "with the owner's login, a pooler in %s mode that drops the role is refused, by the application and by staff",
  async (mode) => {
    const through = await startPooler(mode, IGNORED);
    for (const as of ["application", "support"] as const) {
      expect(await works(through(base.url), as)).toMatch(
        /runs our statements as (?!ricarica_(app|support)).*a login each/,
      );
    }
  },
  60_000,
);

test.each(["transaction", "session"] as const)(
  "with a login each, the rights are the same behind a pooler in %s mode as without one",
  async (mode) => {
    const through = await startPooler(mode, IGNORED);
    expect(await works(through(logins.url), "application")).toBe("ricarica_app");
    expect(await works(through(logins.staffUrl), "support")).toBe("ricarica_support");
    expect(await works(through(logins.url), "support")).toMatch(
      /as ricarica_app, and they must run as ricarica_support/,
    );
  },
  60_000,
);

test("a pooler that is told nothing refuses the role by itself", async () => {
  const through = await startPooler("transaction", IGNORED.replace("role,", ""));
  expect(await works(through(logins.url), "application")).toMatch(/unsupported startup parameter: role/);
}, 60_000);
