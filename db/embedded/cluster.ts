import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { binary } from "./binaries";
import { canEnter, identity, type OsUser } from "./os-user";

/** Of the login that owns the product's database. It is no superuser. */
export const OWNER = "ricarica";
export const DATABASE = "ricarica";
const PASSWORD_FILE = "ricarica-password";

/**
 * Makes the files of a PostgreSQL server in `directory` if there are none, with one login, a random password and an
 * empty database. All of it appears in one step, so that of several starters one wins and a crash leaves nothing half made.
 * Returns where the files are: behind a link, when the OS user cannot enter the place that was asked for.
 */
export function ensureCluster(
  directory: string,
  native: string,
  osUser: OsUser | null,
  durable: boolean,
): string {
  if (isCluster(directory)) return usable(fs.realpathSync(directory));
  const parent = path.dirname(directory);
  fs.mkdirSync(parent, { recursive: true });
  const elsewhere = osUser !== null && !canEnter(osUser, parent);
  const home = elsewhere ? "/var/lib/ricarica" : parent;
  const draft = path.join(home, `${path.basename(directory)}-${randomBytes(8).toString("hex")}`);
  fs.mkdirSync(home, { recursive: true });
  try {
    fillCluster(draft, native, osUser, durable);
    // Both refuse when another starter was faster.
    if (elsewhere) fs.symlinkSync(draft, directory);
    else fs.renameSync(draft, directory);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!isCluster(directory)) throw error;
  }
  return usable(fs.realpathSync(directory));
}

/** The password of the owner, which only the user who started the server can read. */
export function readPassword(clusterDirectory: string): string {
  return fs.readFileSync(path.join(clusterDirectory, PASSWORD_FILE), "utf8").trim();
}

function isCluster(directory: string): boolean {
  return fs.existsSync(path.join(directory, "PG_VERSION"));
}

function usable(clusterDirectory: string): string {
  try {
    readPassword(clusterDirectory);
    return clusterDirectory;
  } catch (error) {
    throw new Error(
      `The database in ${clusterDirectory} belongs to another user. Start as that user, or set DATA_DIR.`,
      { cause: error },
    );
  }
}

function fillCluster(directory: string, native: string, osUser: OsUser | null, durable: boolean): void {
  fs.mkdirSync(directory, { mode: 0o700 });
  if (osUser !== null) fs.chownSync(directory, osUser.uid, osUser.gid);
  const password = randomBytes(24).toString("base64url");
  const passwordFile = `${directory}.password`;
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (osUser !== null) fs.chownSync(passwordFile, osUser.uid, osUser.gid);
  try {
    run(osUser, binary(native, "initdb"), [
      "-D",
      directory,
      "-U",
      "postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
      "--no-instructions",
      "--no-sync",
    ]);
  } finally {
    fs.rmSync(passwordFile);
  }
  const statements = [
    `create role ${OWNER} login createdb createrole password '${password}'`,
    `create database ${DATABASE} owner ${OWNER}`,
  ];
  const single = ["--single", "-D", directory, "-c", "fsync=off", "postgres"];
  const said = run(osUser, binary(native, "postgres"), single, `${statements.join("\n")}\n`);
  if (/\b(ERROR|FATAL|PANIC):/.test(said)) throw new Error(`PostgreSQL could not make its database: ${said}`);
  fs.writeFileSync(path.join(directory, PASSWORD_FILE), `${password}\n`, { mode: 0o600 });
  if (durable) run(osUser, binary(native, "initdb"), ["--sync-only", "-D", directory]);
}

/** Returns what the command wrote to its standard error. */
function run(osUser: OsUser | null, command: string, args: readonly string[], input = ""): string {
  const { status, stderr } = spawnSync(command, args, {
    ...identity(osUser),
    cwd: "/",
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
    input,
  });
  if (status !== 0) throw new Error(`PostgreSQL could not make its files: ${stderr}`);
  return stderr;
}
