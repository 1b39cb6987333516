import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { once } from "node:events";

/** A Ricarica of its own for a run of the tests: `npm start` with an empty data directory, stopped at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env["E2E_ORIGIN"];
  if (given !== undefined) return () => Promise.resolve();
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-e2e-"));
  fs.chmodSync(dataDirectory, 0o755);
  const environment = { ...process.env, DATA_DIR: dataDirectory };
  for (const name of ["DATABASE_URL", "APP_URL", "HOST", "NODE_OPTIONS"])
    Reflect.deleteProperty(environment, name);
  const product = spawn("npm", ["start"], {
    env: environment,
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
  process.env["E2E_DATA_DIR"] = dataDirectory;
  process.env["E2E_ORIGIN"] = await ready;
  return async () => {
    fs.mkdirSync(".artifacts", { recursive: true });
    fs.writeFileSync(".artifacts/product.log", said);
    const ended = once(product, "exit");
    if (product.pid !== undefined) process.kill(-product.pid, "SIGTERM");
    await ended;
    fs.rmSync(dataDirectory, { recursive: true, force: true });
  };
}
