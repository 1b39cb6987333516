import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** A Ricarica that is running: `npm start` with a data directory of its own. */
export type ProductCopy = {
  readonly origin: string;
  readonly dataDirectory: string;
  /** Ends it and removes its data; what it wrote. */
  readonly stop: () => Promise<string>;
};

/** Starts one with these settings; by default on an empty database of its own. */
export async function startCopy(settings: Readonly<Record<string, string>> = {}): Promise<ProductCopy> {
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-e2e-"));
  fs.chmodSync(dataDirectory, 0o755);
  const environment = { ...process.env, DATA_DIR: dataDirectory };
  for (const name of ["DATABASE_URL", "APP_URL", "HOST", "NODE_OPTIONS"])
    Reflect.deleteProperty(environment, name);
  const product = spawn("npm", ["start"], {
    env: { ...environment, ...settings },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [product.stdout, product.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const [, origin] = /Ricarica is ready: (\S+)/.exec(said) ?? [];
        if (origin !== undefined) resolve(origin);
      });
    }
    product.once("exit", () => reject(new Error(`The product did not start:\n${said}`)));
  });
  const origin = await ready;
  return {
    origin,
    dataDirectory,
    stop: async () => {
      const ended = once(product, "exit");
      if (product.pid !== undefined) process.kill(-product.pid, "SIGTERM");
      await ended;
      fs.rmSync(dataDirectory, { recursive: true, force: true });
      return said;
    },
  };
}
