import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findPostmaster } from "./postmaster";
import { type EmbeddedServer, startEmbeddedServer } from "./server";

describe("the embedded server", () => {
  let home: string;
  let directory: string;
  const opened: EmbeddedServer[] = [];

  beforeEach(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-embedded-"));
    fs.chmodSync(home, 0o755);
    directory = path.join(home, "postgres");
  });
  afterEach(async () => {
    for (const server of opened.splice(0)) await server.close();
    fs.rmSync(home, { recursive: true, force: true });
  });

  const start = async (port?: number) => {
    const server = await startEmbeddedServer({ directory, ...(port !== undefined && { port }) });
    opened.push(server);
    return server;
  };
  const ask = async (url: string, statement: string) => {
    const sql = postgres(url, { max: 1, onnotice: () => undefined });
    try {
      return await sql.unsafe(statement);
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  const until = async (is: () => boolean) => {
    for (let waited = 0; waited < 15_000; waited += 50) {
      if (is()) return true;
      await sleep(50);
    }
    return false;
  };

  test("keeps what was written between two starts, and writes it for good", async () => {
    const first = await start();
    await ask(first.url, "create table kept as select 42 as answer");
    await first.close();
    expect(findPostmaster(directory)).toBeNull();
    const second = await start();
    expect(await ask(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    const settings = await ask(
      second.url,
      `select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') order by 1`,
    );
    expect(settings.map((row) => String(row["setting"]))).toEqual(["on", "on", "on", "on"]);
  });

  test("asks for a password that only its user can read, and gives the product no superuser", async () => {
    const { url } = await start();
    const file = path.join(directory, "ricarica-password");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const stranger = new URL(url);
    stranger.password = "guess";
    await expect(ask(stranger.href, "select 1")).rejects.toThrow("password authentication failed");
    expect(await ask(url, "select rolsuper from pg_roles where rolname = current_user")).toEqual([
      { rolsuper: false },
    ]);
    const hashes = fs.readFileSync(path.join(directory, "pg_hba.conf"), "utf8");
    expect(hashes).not.toMatch(/^[^#].*\btrust\b/m);
  });

  test("is one, however many start it at the same moment on an empty folder", async () => {
    const servers = await Promise.all([1, 2, 3, 4].map(() => start()));
    expect(new Set(servers.map((server) => server.processId)).size).toBe(1);
    expect(servers.filter((server) => !server.adopted)).toHaveLength(1);
    expect(fs.readdirSync(home)).toEqual(["postgres"]);
  });

  test("goes on while anybody uses it, and stops with the last one", async () => {
    const [first, second] = [await start(), await start()];
    await first.close();
    expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await second.close();
    expect(findPostmaster(directory)).toBeNull();
  });

  test("that was killed says so, and comes back on the same port with all that was acknowledged", async () => {
    const first = await start();
    await ask(first.url, "create table kept (n int)");
    for (let n = 1; n <= 20; n += 1) await ask(first.url, `insert into kept values (${n.toString()})`);
    process.kill(first.processId, "SIGKILL");
    await first.lost;
    await first.close();
    const second = await start(first.port);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, "select count(*)::int as n from kept")).toEqual([{ n: 20 }]);
  });

  test("starts although its pid file names a living process that is none of its own", async () => {
    const first = await start();
    process.kill(first.processId, "SIGKILL");
    await first.lost;
    await first.close();
    const pidFile = path.join(directory, "postmaster.pid");
    const lines = fs.readFileSync(pidFile, "utf8").split("\n");
    fs.writeFileSync(pidFile, [process.pid.toString(), ...lines.slice(1)].join("\n"));
    const second = await start();
    expect(second.adopted).toBe(false);
  });

  test("whose starter was killed is stopped soon after, and leaves no watchdog", async () => {
    const program = `
      import { startEmbeddedServer } from ${JSON.stringify(path.join(import.meta.dirname, "server.ts"))};
      const server = await startEmbeddedServer({ directory: ${JSON.stringify(directory)} });
      console.log(server.processId);
      setInterval(() => undefined, 1000);`;
    const starter = spawn(process.execPath, ["--import=tsx", "--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(starter.stdout, "data");
    expect(findPostmaster(directory)).not.toBeNull();
    starter.kill("SIGKILL");
    expect(await until(() => findPostmaster(directory) === null)).toBe(true);
  });
});
