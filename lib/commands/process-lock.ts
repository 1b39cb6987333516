import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Does a process of this number live? A zombie counts: its parent has yet to learn of its end. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Runs `work` while no other process runs under the same file. What a killed holder left behind is cleared away. */
export async function withProcessLock<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  const mark = `${process.pid.toString()} ${randomBytes(6).toString("hex")}`;
  while (!take(file, mark)) {
    clearStale(file);
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take(file: string, mark: string): boolean {
  try {
    fs.writeFileSync(file, mark, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function clearStale(file: string): void {
  const mark = read(file);
  // An empty file was made a moment ago and not yet written.
  if (mark === null || mark === "" || isAlive(Number(mark.split(" ")[0]))) return;
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    fs.renameSync(file, aside);
    // If another process cleared and took it in between, it gets it back.
    if (read(aside) !== mark) fs.linkSync(aside, file);
    fs.rmSync(aside);
  } catch {
    // Somebody else cleared it.
  }
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
