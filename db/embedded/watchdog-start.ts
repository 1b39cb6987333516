import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { fileURLToPath, pathToFileURL } from "node:url";

export type Watchdog = { readonly dismiss: () => void };

/**
 * Starts a small process that outlives this one: when this one ends without a word, as by kill -9, it stops the server
 * that nobody uses any more. It notices by the end of its standard input.
 */
export function startWatchdog(clusterDirectory: string): Watchdog {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = spawn(
    process.execPath,
    ["--import", loader, fileURLToPath(new URL("./watchdog.ts", import.meta.url)), clusterDirectory],
    { detached: true, stdio: ["pipe", "ignore", "ignore"], env: { ...process.env, NODE_OPTIONS: "" } },
  );
  child.unref();
  // The pipe shall not keep this process alive either. A watchdog that died is no reason to die.
  const pipe = child.stdin;
  if (pipe instanceof Socket) pipe.unref();
  pipe.on("error", () => undefined);
  return {
    dismiss: () => {
      pipe.end("dismissed");
    },
  };
}
