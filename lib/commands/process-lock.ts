import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { beginningOf, isAlive } from "@/db/embedded/processes";

/** The marks of the locks that this process holds. */
const ours = new Set<string>();

/**
 * Runs `work` while no other process runs under the same file; `onWait` is told once if another one does. What a
 * killed holder left behind is cleared away.
 */
export async function withProcessLock<Value>(
  file: string,
  work: () => Promise<Value>,
  onWait: () => void = () => undefined,
): Promise<Value> {
  const mark = [process.pid, randomBytes(6).toString("hex"), beginningOf(process.pid)].join(" ");
  ours.add(mark);
  let hasWaited = false;
  while (!take(file, mark)) {
    if (clearStale(file)) continue;
    if (!hasWaited) onWait();
    hasWaited = true;
    await sleep(200);
  }
  // Also when the process is told to end meanwhile.
  const release = () => fs.rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
    ours.delete(mark);
  }
}

/** The file appears with its mark in it: of one that is empty or says something else, nobody is the holder. */
function take(file: string, mark: string): boolean {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  fs.writeFileSync(draft, mark, { flag: "wx" });
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    fs.rmSync(draft);
  }
}

/** Is nobody at work under this mark any more? A number that is ours may have been another's in a container before. */
function isStale(mark: string): boolean {
  const [, processId = "", beginning = ""] = /^(\d+) \S+ (.*)$/.exec(mark) ?? [];
  if (processId === "") return true;
  if (Number(processId) === process.pid) return !ours.has(mark);
  return !isAlive(Number(processId)) || beginningOf(Number(processId)) !== beginning;
}

/** Returns whether the file is gone, so that it can be taken. */
function clearStale(file: string): boolean {
  const mark = read(file);
  if (mark === null) return true;
  if (!isStale(mark)) return false;
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    fs.renameSync(file, aside);
    // If another process cleared and took it in between, it gets it back.
    if (read(aside) !== mark) fs.linkSync(aside, file);
    fs.rmSync(aside);
  } catch {
    // Somebody else cleared it.
  }
  return true;
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
