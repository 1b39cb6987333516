import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** Does a process of this number live? Not a zombie, which has ended and waits for its parent to notice. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  if (process.platform !== "linux") return true;
  return !/^[ZX]/.test(statOf(processId)?.[0] ?? "Z");
}

/**
 * When a process began, as text to compare: its number alone means another one after a reboot or in a container that
 * was started again. Empty where the system does not tell.
 */
export function beginningOf(processId: number): string {
  if (process.platform === "win32") return "";
  return process.platform === "linux" ? (statOf(processId)?.[19] ?? "") : ps(processId, "lstart");
}

/** The command line with its arguments; empty if the process is gone. */
export function commandOf(processId: number): string {
  if (process.platform !== "linux") return ps(processId, "command");
  return (readOf(processId, "cmdline") ?? "").replaceAll("\0", " ");
}

/** From the state on, which is the first field after the name; the name may hold spaces and brackets. */
function statOf(processId: number): string[] | null {
  const text = readOf(processId, "stat");
  return text === null ? null : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** Null if the process has ended, be it while we were reading. */
function readOf(processId: number, file: "stat" | "cmdline"): string | null {
  try {
    return fs.readFileSync(`/proc/${processId.toString()}/${file}`, "utf8");
  } catch {
    return null;
  }
}

function ps(processId: number, column: "lstart" | "command"): string {
  const { stdout } = spawnSync("ps", ["-o", `${column}=`, "-p", processId.toString()], { encoding: "utf8" });
  return stdout.trim();
}
