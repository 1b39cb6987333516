import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Of the server's pools; the worker's are named apart. */
const LINE = /^\[ricarica(?: staff)?\] LOG: {2}(?:execute|statement)/;
const QUIET_MS = 150;

/** The statements that reach the embedded database of a product, by the log that PostgreSQL keeps of them. */
export type StatementLog = {
  /** How many the product's server sends while `work` goes on. */
  readonly count: (work: () => Promise<unknown>) => Promise<number>;
  readonly stop: () => Promise<void>;
};

export async function logStatements(dataDirectory: string): Promise<StatementLog> {
  const cluster = path.join(dataDirectory, "postgres");
  const settings = path.join(cluster, "postgresql.auto.conf");
  const before = fs.readFileSync(settings, "utf8");
  const reload = async (text: string) => {
    fs.writeFileSync(settings, text);
    const [postmaster] = fs.readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    process.kill(Number(postmaster), "SIGHUP");
    await sleep(500);
  };
  await reload(`${before}log_statement = 'all'\nlog_line_prefix = '[%a] '\n`);
  const lines = () => fs.readFileSync(path.join(cluster, "server.log"), "utf8").split("\n");
  return {
    count: async (work) => {
      const from = lines().length - 1;
      await work();
      await sleep(QUIET_MS);
      return lines()
        .slice(from)
        .filter((line) => LINE.test(line)).length;
    },
    stop: () => reload(before),
  };
}
