import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { binary } from "./binaries";
import { commandOf, isAlive } from "./processes";
import { identity, type OsUser } from "./os-user";

/** A running server, as its own file `postmaster.pid` describes it. */
export type Postmaster = { readonly processId: number; readonly port: number; readonly isReady: boolean };

export type PostmasterOptions = {
  readonly clusterDirectory: string;
  readonly native: string;
  readonly osUser: OsUser | null;
  readonly settings: Readonly<Record<string, string>>;
  /** 0 for any free one. */
  readonly port: number;
};

/** The server that runs on these files, if one does. */
export function findPostmaster(clusterDirectory: string): Postmaster | null {
  const found = readPidFile(clusterDirectory);
  return found !== null && isPostmaster(found.processId, clusterDirectory) ? found : null;
}

/**
 * Starts a server and waits until it is ready, a recovery after a crash included. Null when it ended at once, as it
 * does when another starter was faster: the files bear one server only, and PostgreSQL itself sees to that.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster | null> {
  const { clusterDirectory, native, osUser, settings } = options;
  const port = options.port === 0 ? await freePort() : options.port;
  const parameters = {
    listen_addresses: "127.0.0.1",
    port: port.toString(),
    unix_socket_directories: "",
    timezone: "UTC",
    ...settings,
  };
  const log = openLog(clusterDirectory, osUser);
  const child = spawn(
    binary(native, "postgres"),
    [
      "-D",
      clusterDirectory,
      ...Object.entries(parameters).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      ...identity(osUser),
      cwd: clusterDirectory,
      // Out of the terminal's process group: Ctrl-C is for the starter, which stops the server last.
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, LC_ALL: "C", ...forgetForeigner(clusterDirectory) },
    },
  );
  fs.closeSync(log);
  child.unref();
  const end = new AbortController();
  child.once("exit", () => end.abort());
  child.once("error", () => end.abort());
  const deadline = Date.now() + 5 * 60_000;
  while (!end.signal.aborted && Date.now() < deadline) {
    const found = readPidFile(clusterDirectory);
    if (found?.processId === child.pid && found?.isReady === true) return found;
    await sleep(15);
  }
  if (!end.signal.aborted)
    throw new Error(`PostgreSQL did not become ready; see ${logFile(clusterDirectory)}.`);
  return null;
}

/** Ends open transactions and stops. Resolves when the process is gone. */
export async function stopPostmaster(clusterDirectory: string): Promise<void> {
  const running = findPostmaster(clusterDirectory);
  if (running === null) return;
  process.kill(running.processId, "SIGINT");
  const hurryAt = Date.now() + 1_500;
  const deadline = Date.now() + 60_000;
  let hurried = false;
  while (isAlive(running.processId)) {
    if (!hurried && Date.now() > hurryAt) {
      // The immediate stop of PostgreSQL: as safe as a crash, the next start recovers.
      process.kill(running.processId, "SIGQUIT");
      hurried = true;
    }
    if (Date.now() > deadline) throw new Error(`PostgreSQL does not stop; see ${logFile(clusterDirectory)}.`);
    await sleep(10);
  }
}

/** The end of the server's log, for a message. */
export function lastWords(clusterDirectory: string): string {
  const lines = fs.readFileSync(logFile(clusterDirectory), "utf8").trimEnd().split("\n");
  return lines.slice(-6).join("\n");
}

function readPidFile(clusterDirectory: string): Postmaster | null {
  let text: string;
  try {
    text = fs.readFileSync(path.join(clusterDirectory, "postmaster.pid"), "utf8");
  } catch {
    return null;
  }
  const lines = text.split("\n");
  const processId = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(processId) || processId <= 0) return null;
  return { processId, port, isReady: (lines[7] ?? "").trim() === "ready" };
}

/**
 * The pid file of a killed server may name a process that is somebody else's by now (numbers repeat after a reboot or
 * in a container) or a zombie that nobody reaps. PostgreSQL would take either for a living server. The variable
 * tells it to overlook that number; its check of the shared memory, which a living server holds, remains.
 */
function forgetForeigner(clusterDirectory: string): { PG_GRANDPARENT_PID?: string } {
  const found = readPidFile(clusterDirectory);
  if (found === null || isPostmaster(found.processId, clusterDirectory)) return {};
  return { PG_GRANDPARENT_PID: found.processId.toString() };
}

function isPostmaster(processId: number, clusterDirectory: string): boolean {
  if (!isAlive(processId)) return false;
  if (process.platform === "win32") return true;
  const command = commandOf(processId);
  return command.includes("postgres") && command.includes(clusterDirectory);
}

function logFile(clusterDirectory: string): string {
  return path.join(clusterDirectory, "server.log");
}

/** Begins the log anew when it has grown beyond ten megabytes. */
function openLog(clusterDirectory: string, osUser: OsUser | null): number {
  const file = logFile(clusterDirectory);
  const isLarge = fs.existsSync(file) && fs.statSync(file).size > 10_000_000;
  const log = fs.openSync(file, isLarge ? "w" : "a", 0o600);
  if (osUser !== null) fs.fchownSync(log, osUser.uid, osUser.gid);
  return log;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("The system gave no port."));
      });
    });
  });
}
