import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { findBinaries } from "./binaries";
import { DATABASE, ensureCluster, OWNER, readPassword } from "./cluster";
import { findPostmaster, lastWords, startPostmaster, stopPostmaster, type Postmaster } from "./postmaster";
import { chooseOsUser } from "./os-user";
import { USERS_LOCK } from "./users-lock";
import { startWatchdog, type Watchdog } from "./watchdog-start";

export type EmbeddedServer = {
  /** Of the product's database, as its owner. */
  readonly url: string;
  readonly port: number;
  readonly processId: number;
  /** Did it run already? */
  readonly adopted: boolean;
  /** Resolves when the connection to the server ended without `close`: it was killed, or it crashed. */
  readonly lost: Promise<void>;
  /** Stops the server, unless another process uses it: then that one will. */
  readonly close: () => Promise<void>;
};

export type EmbeddedServerOptions = {
  /** Where the server's files are, or shall be. */
  readonly directory: string;
  /** Over those of `postgresql.conf`: `{ fsync: "off" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A fixed port, as for a restart under clients that know the old one. */
  readonly port?: number;
};

/** Full durability is PostgreSQL's own default; these suit a machine that runs a browser beside it. */
const SETTINGS = {
  max_connections: "100",
  jit: "off",
  random_page_cost: "1.1",
  max_wal_size: "2GB",
  log_min_messages: "warning",
  // Ends what a client left open that vanished without a word.
  idle_in_transaction_session_timeout: "60s",
};

/** Starts the server on these files, or joins the one that runs; makes the files if there are none. */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const osUser = chooseOsUser();
  const native = findBinaries(osUser);
  const settings = { ...SETTINGS, ...options.settings };
  const durable = options.settings?.["fsync"] !== "off";
  const clusterDirectory = ensureCluster(path.resolve(options.directory), native, osUser, durable);
  // First of all, so that no moment is left in which our end would leave a server behind.
  const watchdog = startWatchdog(clusterDirectory);
  const deadline = Date.now() + 5 * 60_000;
  let failures = 0;
  while (Date.now() < deadline && failures < 20) {
    const running = findPostmaster(clusterDirectory);
    if (running !== null && !running.isReady) {
      await sleep(50);
      continue;
    }
    const port = options.port ?? 0;
    const postmaster =
      running ?? (await startPostmaster({ clusterDirectory, native, osUser, settings, port }));
    const server = postmaster && (await join(clusterDirectory, postmaster, running !== null, watchdog));
    if (server !== null) return server;
    failures += 1;
    await sleep(100);
  }
  watchdog.dismiss();
  throw new Error(`PostgreSQL does not start. Its last words:\n${lastWords(clusterDirectory)}`);
}

/** The address of the server that runs on these files, as its owner; null when none does. */
export function runningServerUrl(directory: string): string | null {
  if (!fs.existsSync(directory)) return null;
  const clusterDirectory = fs.realpathSync(directory);
  const postmaster = findPostmaster(clusterDirectory);
  return postmaster?.isReady === true ? urlOf(clusterDirectory, postmaster.port) : null;
}

const urlOf = (clusterDirectory: string, port: number): string =>
  `postgres://${OWNER}:${readPassword(clusterDirectory)}@127.0.0.1:${port.toString()}/${DATABASE}`;

/** Null when the server went away meanwhile. */
async function join(
  clusterDirectory: string,
  { processId, port }: Postmaster,
  adopted: boolean,
  watchdog: Watchdog,
): Promise<EmbeddedServer | null> {
  const url = urlOf(clusterDirectory, port);
  let closing = false;
  let reportLoss: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => (reportLoss = resolve));
  const holder = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: "ricarica user of the server" },
    onclose: () => {
      if (!closing) reportLoss();
    },
    onnotice: () => undefined,
  });
  try {
    await holder`select pg_advisory_lock_shared(${USERS_LOCK})`;
  } catch (error) {
    closing = true;
    await holder.end({ timeout: 1 });
    // A server that refuses our password will refuse it again.
    if (error instanceof postgres.PostgresError && error.code.startsWith("28")) throw error;
    return null;
  }
  const close = async () => {
    closing = true;
    try {
      const [row] = await holder`select pg_advisory_unlock_shared(${USERS_LOCK}),
        pg_try_advisory_lock(${USERS_LOCK}) as last`;
      if (row?.["last"] === true) await stopPostmaster(clusterDirectory);
    } catch {
      // The server is gone already.
    }
    await holder.end({ timeout: 1 });
    watchdog.dismiss();
  };
  return { url, port, processId, adopted, lost, close };
}
