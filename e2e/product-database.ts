import fs from "node:fs";
import path from "node:path";
import { openDatabase, type Pool } from "../db/client";
import { DATABASE, OWNER, readPassword } from "../db/embedded/cluster";

/** The database of the product that is being tested, as its owner: tests make their rows there, and read what came of them. */
export function openProductDatabase(): Pool {
  return openDatabase(urlOfProduct(), { as: "owner", max: 2, name: "ricarica browser tests" });
}

/** Where its owner reaches it. */
export function urlOfProduct(): string {
  const given = process.env["E2E_DATABASE_URL"];
  if (given !== undefined) return given;
  const data = process.env["E2E_DATA_DIR"];
  if (data === undefined) throw new Error("Set E2E_DATABASE_URL beside E2E_ORIGIN.");
  return urlOfEmbedded(data);
}

/** Of the embedded database of any product that runs, by its data directory. */
export function urlOfEmbedded(dataDirectory: string): string {
  const cluster = path.join(dataDirectory, "postgres");
  // The fourth line of the file is the port, by PostgreSQL's own rule.
  const port = fs.readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n")[3] ?? "";
  return `postgres://${OWNER}:${readPassword(cluster)}@127.0.0.1:${port}/${DATABASE}`;
}
