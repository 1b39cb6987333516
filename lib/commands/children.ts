import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const GUARD = pathToFileURL(fileURLToPath(new URL("./die-with-parent.mjs", import.meta.url))).href;

/** With the second and a half that PostgreSQL may take afterwards, everything is gone within five seconds. */
const LEAVE_MS = 3_000;

export type Child = {
  readonly name: string;
  /** How it ended: "code 1" or "SIGKILL". */
  readonly ended: Promise<string>;
  /** Asks it to stop, and insists after three seconds. Resolves to whether it had to be killed. */
  readonly stop: () => Promise<boolean>;
};

/** Starts `node` with these arguments. It ends with this process, however this one ends. */
export function startChild(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: "shown" | "hidden" = "shown",
): Child {
  const child = spawn(process.execPath, ["--import", GUARD, ...args], {
    env: environment,
    // Out of the terminal's group: Ctrl-C comes to this process, which stops the others in order.
    detached: true,
    stdio: ["pipe", output === "shown" ? "inherit" : "ignore", "inherit"],
  });
  const ended = endOf(child);
  const stop = async () => {
    child.kill("SIGTERM");
    const isLate = await Promise.race([ended.then(() => false), sleep(LEAVE_MS, true)]);
    if (isLate) child.kill("SIGKILL");
    await ended;
    return isLate;
  };
  return { name, ended, stop };
}

/** As `startChild`, and starts it again whenever it ends by itself: at once, then with a wait that doubles. */
export function keepChild(launch: () => Child, report: (line: string) => void): Child {
  let child = launch();
  const { name } = child;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  const keep = async (): Promise<string> => {
    for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 10_000)) {
      const startedAt = Date.now();
      const end = await child.ended;
      if (isStopping()) return end;
      if (Date.now() - startedAt > 60_000) waitMs = 250;
      report(`The ${name} ended (${end}); starting it again.`);
      await sleep(waitMs);
      if (isStopping()) return end;
      child = launch();
    }
  };
  const ended = keep();
  const stop = async () => {
    stopping.abort();
    return child.stop();
  };
  return { name, ended, stop };
}

/** Runs `node` with these arguments to its end; shows what it wrote if it failed. */
export async function runToEnd(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, ["--import", GUARD, ...args], {
    env: environment,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (written += text));
  }
  const end = await endOf(child);
  if (end !== "code 0") throw new Error(`node ${args.join(" ")} failed with ${end}:\n${written}`);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? `code ${String(code)}`));
    child.once("error", (error) => resolve(error.message));
  });
}
