import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { DATABASE, OWNER, readPassword } from "./cluster";
import { findPostmaster, stopPostmaster } from "./postmaster";
import { USERS_LOCK } from "./users-lock";

// Run as a process of its own by watchdog-start.ts.

const [clusterDirectory = ""] = process.argv.slice(2);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);

let said = "";
for await (const chunk of process.stdin) said += String(chunk);
if (said === "") await stopIfUnused();

/** The children of the one that died need a moment to end their connections, which then give up the lock. */
async function stopIfUnused(): Promise<void> {
  let running = findPostmaster(clusterDirectory);
  // It may be recovering, or be about to start.
  for (let attempt = 0; attempt < 240 && (attempt < 4 || running?.isReady === false); attempt += 1) {
    await sleep(250);
    running = findPostmaster(clusterDirectory);
  }
  if (running === null) return;
  const password = readPassword(clusterDirectory);
  const sql = postgres(`postgres://${OWNER}:${password}@127.0.0.1:${running.port.toString()}/${DATABASE}`, {
    max: 1,
    onnotice: () => undefined,
  });
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const [row] = await sql`select pg_try_advisory_lock(${USERS_LOCK}) as last`;
      if (row?.["last"] === true) {
        await stopPostmaster(clusterDirectory);
        return;
      }
      await sleep(250);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}
