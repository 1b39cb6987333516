import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Mends postgres 3.4.9 in its folder (upstream issues 1066, 1154 and 1208): a write that was scheduled when the socket
 * died throws from `setImmediate`, which ends the process, and leaves the pooled connection unable ever to flush
 * again. Every command loads this file before anything else; a folder that is mended already is left alone.
 */
export function patchPostgres(packageDirectory: string): void {
  for (const source of ["src", "cjs/src", "cf/src"]) {
    const file = path.join(packageDirectory, source, "connection.js");
    const before = fs.readFileSync(file, "utf8");
    if (before.includes(MARK)) continue;
    const after = mended(before);
    if (after === null) {
      throw new Error(
        `${file} is not what the repair expects. Was postgres updated? See db/patch-postgres.ts.`,
      );
    }
    // In one step, because several commands may start at once.
    const draft = `${file}.${process.pid.toString()}`;
    fs.writeFileSync(draft, after);
    fs.renameSync(draft, file);
  }
}

const MARK = "/* mended: a write without a socket */";
const NEXT_WRITE = "function nextWrite(fn) {\n";

function mended(source: string): string | null {
  const guarded = source.replace(
    NEXT_WRITE,
    `${NEXT_WRITE}    ${MARK}
    if (!socket) {
      nextWriteTimer !== null && clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options))
      return false
    }
`,
  );
  const forgetful = guarded.replace(
    /^(\s+)clearImmediate\(nextWriteTimer\)\n(?!\s*chunk = nextWriteTimer)/gm,
    "$1clearImmediate(nextWriteTimer)\n$1chunk = nextWriteTimer = null\n",
  );
  return guarded === source || forgetful === guarded ? null : forgetful;
}

/** Where the package of this project lies. */
export function installedPostgres(): string {
  return path.resolve(createRequire(import.meta.url).resolve("postgres"), "../../..");
}

patchPostgres(installedPostgres());
