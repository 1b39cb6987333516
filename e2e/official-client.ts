import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createInterface } from "node:readline";
import { test as base } from "./fixtures";
import { startTlsProxy, type TlsProxy } from "./tls-proxy";

export const CLIENTS = ["ovh", "@ovhcloud/node-ovh"] as const;

/** What the clients take; the names are theirs. */
export type ClientSettings = {
  appKey: string;
  appSecret: string;
  consumerKey?: string;
  apiTimeDiff?: number;
  apis?: string[];
  /** Of a product at an address of its own. */
  basePath?: string;
};

export type Outcome =
  | { ok: true; answer: unknown; warnings: string[] }
  /** The status, or the error of the connection. */
  | { ok: false; status: number | string; message?: string };

export type OfficialClient = (
  settings: ClientSettings,
  method: string,
  path: string,
  params?: Readonly<Record<string, unknown>>,
) => Promise<Outcome>;

/** The official clients, each in a process of its own that trusts the certificate of a TLS port before the product. */
export const test = base.extend<
  { startClient: (name: (typeof CLIENTS)[number]) => OfficialClient },
  { tls: TlsProxy & { certificateFile: string } }
>({
  tls: [
    async ({}, use, { workerIndex }) => {
      const proxy = await startTlsProxy(process.env["E2E_ORIGIN"] ?? "");
      fs.mkdirSync(".artifacts", { recursive: true });
      const certificateFile = `.artifacts/loopback-${workerIndex.toString()}-${proxy.port.toString()}.pem`;
      fs.writeFileSync(certificateFile, proxy.certificate);
      await use({ ...proxy, certificateFile });
      proxy.close();
      fs.rmSync(certificateFile);
    },
    { scope: "worker" },
  ],
  startClient: async ({ tls }, use) => {
    const stops: (() => Promise<unknown>)[] = [];
    await use((name) => {
      const child = spawn(process.execPath, ["e2e/run-official-client.mjs", name], {
        env: { ...process.env, NODE_OPTIONS: "", NODE_EXTRA_CA_CERTS: tls.certificateFile },
        stdio: ["pipe", "pipe", "inherit"],
      });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      stops.push(async () => {
        const ended = once(child, "exit");
        child.stdin.end();
        await ended;
      });
      return async (settings, method, path, params) => {
        const place = { host: "127.0.0.1", port: tls.port, basePath: "/api/1.0" };
        const call = { settings: { ...place, ...settings }, method, path, params };
        child.stdin.write(`${JSON.stringify(call)}\n`);
        const line: IteratorResult<string, unknown> = await lines.next();
        if (line.done === true) throw new Error(`${name} ended before it answered ${method} ${path}`);
        return JSON.parse(line.value) as Outcome;
      };
    });
    await Promise.all(stops.map((stop) => stop()));
  },
});
