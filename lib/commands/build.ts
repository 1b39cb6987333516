import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isAlive } from "@/db/embedded/processes";
import { runToEnd } from "./children";
import { nextCommand } from "./next-command";
import { withProcessLock } from "./process-lock";

/** What a build is made of. The rest of the checkout changes nothing in it. */
const FOLDERS = ["app", "components", "db", "lib"];
const FILES = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  ".config/postcssrc.json",
  ".config/tsconfig.build.json",
];
/** Beside package.json the framework looks for modules by their names: whichever is there, or comes, counts. */
const MODULE = /^[a-z-]+\.(ts|tsx|mjs|js|cjs)$/;
const NOT_BUILT =
  /\.(test|testing)\.tsx?$|^next-env\.d\.ts$|^lib\/commands\/|^db\/(embedded|migrations|data|patches)\/|^db\/(testing|migrate)/;
const BUILT = "ricarica-built";

/**
 * The folder with the build of the sources as they stand; it is made if there is none. Of several starters one
 * builds and the others wait. `processId` is recorded as its user until it ends.
 */
export async function ensureBuild(
  root: string,
  environment: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<string> {
  const directory = `.next-${fingerprint(root)}`;
  const place = path.join(root, directory);
  const build = async () => {
    if (!fs.existsSync(path.join(place, BUILT))) {
      report("Building (after a change of the sources only; takes a minute) …");
      fs.rmSync(place, { recursive: true, force: true });
      await runToEnd(nextCommand("build"), { ...environment, BUILD_DIRECTORY: directory });
      fs.writeFileSync(path.join(place, BUILT), "");
    }
    const users = path.join(place, "users");
    fs.mkdirSync(users, { recursive: true });
    fs.writeFileSync(path.join(users, process.pid.toString()), "");
    removeOldBuilds(root, directory);
  };
  await withProcessLock(path.join(root, ".next-build.lock"), build, () => {
    report("Waiting for another build of this checkout …");
  });
  return directory;
}

/** A hash over the names and contents of the sources. */
export function fingerprint(root: string): string {
  const hash = createHash("sha256").update(process.version);
  const modules = fs.readdirSync(root).filter((name) => MODULE.test(name));
  const sources = [...FILES, ...modules, ...FOLDERS.flatMap((folder) => filesIn(root, folder))];
  for (const file of sources.filter((name) => !NOT_BUILT.test(name)).sort()) {
    const content = contentOf(path.join(root, file));
    if (content !== null) hash.update(`\0${file}\0`).update(content);
    // What moves or goes away is the matter of the next build; a file of the list that has gone must not go unnoticed.
    else if (FILES.includes(file)) throw new Error(`${file} is not there, and a build is made of it.`);
  }
  return hash.digest("hex").slice(0, 12);
}

/** Files only, and those that links lead to; null for what vanished since its folder was read. */
function contentOf(file: string): Buffer | null {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function filesIn(root: string, folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));
}

/** Those that no living process uses, but for the newest other one: one goes back to it after trying something. */
function removeOldBuilds(root: string, current: string): void {
  const others = fs
    .readdirSync(root)
    .filter((name) => /^\.next-[0-9a-f]{12}$/.test(name) && name !== current)
    .filter((name) => usersOf(path.join(root, name)).every((processId) => !isAlive(processId)))
    .sort((a, b) => fs.statSync(path.join(root, b)).mtimeMs - fs.statSync(path.join(root, a)).mtimeMs);
  for (const name of others.slice(1)) fs.rmSync(path.join(root, name), { recursive: true, force: true });
}

function usersOf(build: string): number[] {
  const users = path.join(build, "users");
  return fs.existsSync(users) ? fs.readdirSync(users).map(Number) : [];
}
