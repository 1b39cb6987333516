import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** An unprivileged user. PostgreSQL refuses to run as root, so that root starts it as somebody else. */
export type OsUser = { readonly name: string; readonly uid: number; readonly gid: number };

/** Null when this process is not root's and so runs PostgreSQL itself. */
export function chooseOsUser(): OsUser | null {
  if (process.getuid?.() !== 0) return null;
  const users = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody"]) {
    const [name, , uid, gid] = users.find((line) => line.startsWith(`${wanted}:`))?.split(":") ?? [];
    if (name !== undefined && uid !== undefined && gid !== undefined) {
      return { name, uid: Number(uid), gid: Number(gid) };
    }
  }
  throw new Error("Running as root, and there is no user `postgres` or `nobody` to run PostgreSQL as.");
}

/** Can the OS user enter this directory, through all the directories above it? */
export function canEnter(osUser: OsUser, directory: string): boolean {
  const { uid, gid } = osUser;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", directory], { uid, gid, cwd: "/" }).status === 0;
}

/** For `spawn`: as whom. */
export function identity(osUser: OsUser | null): { uid?: number; gid?: number } {
  return osUser === null ? {} : { uid: osUser.uid, gid: osUser.gid };
}
