import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const FOLDER = resolve(".artifacts/bare-framework");
const STARTED_WITHIN_MS = 30_000;

const FILES = {
  // The installed packages are those of the project above, whose own pages and proxy are told apart by their ending.
  "next.config.ts": `export default { pageExtensions: ["bare.tsx"], turbopack: { root: ${JSON.stringify(process.cwd())} }, agentRules: false };\n`,
  "tsconfig.json": "{}\n",
  "app/layout.bare.tsx": `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`,
  "app/page.bare.tsx": `export const dynamic = "force-dynamic";
export default function Page() {
  return <p>Bare</p>;
}
`,
};

/** Builds and starts an application that is nothing but the framework, to tell its weight from ours. */
export async function startBareFramework(): Promise<{ origin: string; stop: () => Promise<void> }> {
  mkdirSync(join(FOLDER, "app"), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(FOLDER, name), text);
  const next = resolve("node_modules/next/dist/bin/next");
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const built = spawnSync(process.execPath, [next, "build"], { cwd: FOLDER, env, encoding: "utf8" });
  if (built.status !== 0)
    throw new Error(`The bare framework was not built.\n${built.stdout}${built.stderr}`);

  const port = await freePort();
  const server = spawn(process.execPath, [next, "start", "--port", String(port)], { cwd: FOLDER, env });
  const stop = async () => {
    if (server.exitCode !== null) return;
    server.kill();
    await once(server, "exit");
  };
  const origin = `http://127.0.0.1:${port.toString()}`;
  const until = Date.now() + STARTED_WITHIN_MS;
  for (;;) {
    const answer = await fetch(origin).catch(() => null);
    if (answer?.ok === true) return { origin, stop };
    if (Date.now() > until) {
      await stop();
      throw new Error("The bare framework did not start.");
    }
    await sleep(200);
  }
}

async function freePort(): Promise<number> {
  const listener = net.createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  listener.close();
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
