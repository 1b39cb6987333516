import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Mends postgres 3.4.9 in its folder, where the server's end meets it at a bad moment:
 *
 * - a write that was scheduled when the socket died throws from `setImmediate`, which ends the process, and leaves the
 *   pooled connection unable ever to flush again (upstream issues 1066, 1154 and 1208);
 * - the error with which a server said good-bye is kept, and given to the first query of the next connection (1223);
 *   so is the rollback that a transaction sends between the error and the end of its socket, which then takes the answers
 *   of the next transaction, so that this one never ends;
 * - an error while a new connection asks for the types of arrays rejects a promise that nobody has, which ends the
 *   process; the query for which the connection was opened hears of it anyway (1192, 1205).
 *
 * Every command loads this file before anything else; what is mended already is left alone.
 */
export function patchPostgres(packageDirectory: string): void {
  for (const source of ["src", "cjs/src", "cf/src"]) {
    const file = path.join(packageDirectory, source, "connection.js");
    const before = fs.readFileSync(file, "utf8");
    let after = before;
    for (const { mark, mend } of REPAIRS) {
      if (after.includes(mark)) continue;
      after = mend(after, mark);
      if (!after.includes(mark)) {
        throw new Error(
          `${file} is not what the repair expects. Was postgres updated? See db/patch-postgres.ts.`,
        );
      }
    }
    if (after === before) continue;
    // In one step, because several commands may start at once.
    const draft = `${file}.${process.pid.toString()}`;
    fs.writeFileSync(draft, after);
    fs.renameSync(draft, file);
  }
}

type Repair = {
  /** Stands in a source that has the repair. */
  readonly mark: string;
  /** Answers the source as it was if it is not what is expected. */
  readonly mend: (source: string, mark: string) => string;
};

const REPAIRS: readonly Repair[] = [
  {
    mark: "/* mended: a write without a socket */",
    mend(source, mark) {
      const head = "function nextWrite(fn) {\n";
      const guarded = source.replace(
        head,
        `${head}    ${mark}
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
      return forgetful === guarded ? source : forgetful;
    },
  },
  {
    mark: "/* mended: the last words of another connection */",
    mend: (source, mark) =>
      source.replace(
        /^(\s+)needsTypes = options\.fetch_types\n(?=\s+statementId = )/m,
        `$&$1${mark}
$1const gone = Errors.connection('CONNECTION_CLOSED', options)
$1query && queryError(query, gone)
$1while (sent.length) queryError(sent.shift(), gone)
$1query = results = errorResponse = null
$1result = new Result()
`,
      ),
  },
  {
    mark: "/* mended: a rejection that nobody has */",
    mend: (source, mark) =>
      source.replace("return fetchArrayTypes()", `return fetchArrayTypes().catch(() => { ${mark} })`),
  },
];

/** Where the package of this project lies. */
export function installedPostgres(): string {
  return path.resolve(createRequire(import.meta.url).resolve("postgres"), "../../..");
}

patchPostgres(installedPostgres());
