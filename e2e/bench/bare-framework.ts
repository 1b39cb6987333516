import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const FOLDER = resolve(".artifacts/bare-framework");
const STARTED_WITHIN_MS = 120_000;

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
  // One call of the API, if it did nothing but check its signature.
  "app/signed/route.bare.tsx": `import { createHash, timingSafeEqual } from "node:crypto";
export function GET(request) {
  const given = Buffer.from(request.headers.get("x-ovh-signature") ?? "");
  const signed = ["secret", "consumer", "GET", request.url, "", request.headers.get("x-ovh-timestamp")].join("+");
  const made = Buffer.from("$1$" + createHash("sha1").update(signed).digest("hex"));
  timingSafeEqual(made, given.length === made.length ? given : made);
  return Response.json({ name: "Bare" });
}
`,
};

/** Builds and starts an application that is nothing but the framework, to tell its weight from ours. */
export async function startBareFramework(): Promise<{
  origin: string;
  processId: number;
  stop: () => Promise<void>;
}> {
  for (const [name, text] of Object.entries(FILES)) {
    const file = join(FOLDER, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const next = resolve("node_modules/next/dist/bin/next");
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const built = spawnSync(process.execPath, [next, "build"], { cwd: FOLDER, env, encoding: "utf8" });
  if (built.status !== 0)
    throw new Error(`The bare framework was not built.\n${built.stdout}${built.stderr}`);

  const port = await freePort();
  const server = spawn(process.execPath, [next, "start", "--port", String(port)], { cwd: FOLDER, env });
  const processId = server.pid ?? 0;
  const stop = async () => {
    if (server.exitCode !== null) return;
    server.kill();
    await once(server, "exit");
  };
  const origin = `http://127.0.0.1:${port.toString()}`;
  const until = Date.now() + STARTED_WITHIN_MS;
  for (;;) {
    const answer = await fetch(origin).catch(() => null);
    if (answer?.ok === true) return { origin, processId, stop };
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
