import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** `npm start`, or another script, as somebody types it in a terminal: with the group of processes of its own. */
export type ProductProcess = {
  readonly dataDirectory: string;
  /** All that it has written so far. */
  readonly said: () => string;
  /** Resolves to the address once the product says that it is ready; rejects if it ends before. */
  readonly ready: Promise<string>;
  /** Resolves to its exit code. */
  readonly ended: Promise<number | null>;
  /** To the whole group, as Ctrl-C does. */
  readonly signal: (name: "SIGINT" | "SIGTERM") => void;
};

/** An empty folder for the data of a product, that the embedded server's user may enter. */
export function makeDataDirectory(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-e2e-"));
  fs.chmodSync(directory, 0o755);
  return directory;
}

/** Starts a script with these settings and no others of the product. */
export function startProduct(
  dataDirectory: string,
  settings: Readonly<Record<string, string>> = {},
  script = "start",
): ProductProcess {
  const environment: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: dataDirectory };
  for (const name of ["DATABASE_URL", "APP_URL", "HOST", "PORT", "NODE_OPTIONS"])
    Reflect.deleteProperty(environment, name);
  const product = spawn("npm", ["run", script], {
    env: { ...environment, ...settings },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = endOf(product);
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [product.stdout, product.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const [, origin] = /Ricarica is ready: (\S+)[^]*Ctrl-C stops it/.exec(said) ?? [];
        if (origin !== undefined) resolve(origin);
      });
    }
    void ended.then(() => reject(new Error(`The product did not start:\n${said}`)));
  });
  // Who only waits for the end has no use for it.
  ready.catch(() => undefined);
  const signal = (name: "SIGINT" | "SIGTERM") => {
    if (product.pid !== undefined) process.kill(-product.pid, name);
  };
  return { dataDirectory, said: () => said, ready, ended, signal };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("close", resolve));
}

/** The processes of a product, whichever of them started which: all inherit where its data are. Linux only. */
export function processesOf(dataDirectory: string): { processId: number; command: string }[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const environment = fs.readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
        if (!environment.includes(`DATA_DIR=${dataDirectory}`)) return [];
        const command = fs.readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return [{ processId: Number(name), command }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}
