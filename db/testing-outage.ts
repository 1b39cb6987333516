import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { startEmbeddedServer } from "./embedded/server";

/** A server of its own with full durability, for tests that kill it. */
export type DoomedServer = {
  /** The same before and after a kill. */
  readonly url: string;
  /** Kills it with SIGKILL, leaves it dead for so long, and starts it again on the same port and files. */
  readonly kill: (deadMs: number) => Promise<void>;
  /** Stops all of its processes where they stand, until the function that it returns is called. */
  readonly pause: () => () => void;
  readonly close: () => Promise<void>;
};

export async function startDoomedServer(): Promise<DoomedServer> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-outage-"));
  // The server runs as another user when the tests run as root.
  fs.chmodSync(home, 0o755);
  const directory = path.join(home, "postgres");
  let server = await startEmbeddedServer({ directory });
  const { url, port } = server;
  return {
    url,
    kill: async (deadMs) => {
      process.kill(server.processId, "SIGKILL");
      await server.lost;
      await server.close();
      await new Promise((resolve) => setTimeout(resolve, deadMs));
      server = await startEmbeddedServer({ directory, port });
    },
    pause: () => {
      const processes = [server.processId, ...childrenOf(server.processId)];
      for (const each of processes) process.kill(each, "SIGSTOP");
      return () => {
        for (const each of processes) process.kill(each, "SIGCONT");
      };
    },
    close: async () => {
      await server.close();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

function childrenOf(processId: number): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid = 0, parent]) => (parent === processId ? [pid] : []));
}
