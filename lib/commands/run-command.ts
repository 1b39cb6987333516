import fs from "node:fs";

/** Runs a command to its end. What goes wrong is said in words; the stack comes with DEBUG set. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`);
    process.exit(1);
  }
}

/** One line on the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Aborted when somebody wants this process to stop, or when npm, which started it, is gone. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const abort = () => stop.abort();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, abort);
  if (process.env["npm_lifecycle_event"] !== undefined) {
    const before = starters();
    setInterval(() => {
      if (starters() !== before) abort();
    }, 500).unref();
  }
  return stop.signal;
}

/** npm runs a script through a shell, which may stand between the two and outlives a killed npm. */
function starters(): string {
  const parent = process.ppid.toString();
  try {
    const isShell = fs.readFileSync(`/proc/${parent}/cmdline`, "utf8").includes("\0-c\0");
    if (!isShell) return parent;
    const [, npm] = /^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${parent}/status`, "utf8")) ?? [];
    return `${parent} of ${npm ?? ""}`;
  } catch {
    // Not Linux, or the parent is gone, and then `ppid` has changed.
    return parent;
  }
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env["DEBUG"] === undefined ? error.message : (error.stack ?? error.message);
}
