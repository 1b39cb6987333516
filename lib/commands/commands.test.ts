import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginningOf } from "@/db/embedded/processes";
import { startEmbeddedServer } from "@/db/embedded/server";
import { fingerprint } from "./build";
import { choosePort } from "./port";
import { withProcessLock } from "./process-lock";
import { keptSecret } from "./secret";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-commands-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("the port", () => {
  const listen = () =>
    new Promise<{ port: number; close: () => void }>((resolve) => {
      const server = net.createServer().listen(0, "127.0.0.1", () => {
        const address = server.address();
        if (address !== null && typeof address === "object") {
          resolve({ port: address.port, close: () => server.close() });
        }
      });
    });

  test("that is taken gives way to the next free one, and this is said", async () => {
    const { port, close } = await listen();
    const said: string[] = [];
    const chosen = await choosePort("127.0.0.1", port, false, (line) => said.push(line));
    expect(chosen).toBeGreaterThan(port);
    expect(said.join()).toContain(`Port ${port.toString()} is taken`);
    close();
  });

  test("that was asked for and is taken is an error", async () => {
    const { port, close } = await listen();
    await expect(choosePort("127.0.0.1", port, true, () => undefined)).rejects.toThrow("is taken");
    close();
  });
});

describe("a secret", () => {
  test("is made once, long, and for its user's eyes only", () => {
    const file = path.join(folder, "deep", "secret");
    const secret = keptSecret(file);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(keptSecret(file)).toBe(secret);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(path.dirname(file))).toEqual(["secret"]);
  });
});

describe("the lock of a build", () => {
  test("lets one work at a time", async () => {
    const file = path.join(folder, "lock");
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withProcessLock(file, work)));
    expect(most).toBe(1);
    expect(fs.existsSync(file)).toBe(false);
  });

  test("that a killed process left behind is cleared away", async () => {
    const { pid } = spawnSync("true");
    const file = path.join(folder, "lock");
    fs.writeFileSync(file, `${pid.toString()} left 1`);
    expect(await withProcessLock(file, () => Promise.resolve("worked"))).toBe("worked");
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test.each([
    ["nothing at all", ""],
    ["something else", "12"],
    [
      "our own number, as a container gives it twice",
      `${process.pid.toString()} left ${beginningOf(process.pid)}`,
    ],
    ["the number of a living process that began at another time", `${process.ppid.toString()} left 1`],
  ])("with %s in it is cleared away", async (_what, mark) => {
    const file = path.join(folder, "lock");
    fs.writeFileSync(file, mark);
    const waited: string[] = [];
    const work = () => Promise.resolve(fs.readFileSync(file, "utf8"));
    expect(await withProcessLock(file, work, () => waited.push("waited"))).toContain(
      `${process.pid.toString()} `,
    );
    expect(waited).toEqual([]);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test("of a living process is waited for, and this is said once", async () => {
    const file = path.join(folder, "lock");
    const mark = `${process.ppid.toString()} held ${beginningOf(process.ppid)}`;
    fs.writeFileSync(file, mark);
    const said: string[] = [];
    const worked = withProcessLock(
      file,
      () => Promise.resolve("worked"),
      () => {
        said.push(fs.readFileSync(file, "utf8"));
        setTimeout(() => fs.rmSync(file), 450);
      },
    );
    expect(await worked).toBe("worked");
    expect(said).toEqual([mark]);
  });

  test("is given back by a process that ends in the middle of its work", () => {
    const file = path.join(folder, "lock");
    const program = `
      import { withProcessLock } from ${JSON.stringify(path.join(import.meta.dirname, "process-lock.ts"))};
      await withProcessLock(${JSON.stringify(file)}, () => process.exit(7));`;
    const run = spawnSync(process.execPath, ["--import=tsx", "--input-type=module", "-e", program]);
    expect(run.status).toBe(7);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe("a build", () => {
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };

  const makeSources = () => {
    for (const file of [
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "components/a.tsx",
      "lib/a.ts",
    ]) {
      write(file, "a");
    }
    for (const file of ["postcssrc.json", "tsconfig.build.json"]) write(`.config/${file}`, "a");
    for (const file of ["app/layout.tsx", "db/client.ts"]) write(file, "a");
  };

  test("is known by its sources, whatever else the checkout holds", () => {
    makeSources();
    write("app/page.tsx", "one");
    const before = fingerprint(folder);
    write("README.md", "words");
    write("app/page.test.tsx", "a test");
    write("db/migrations/0000_spine.sql", "create");
    expect(fingerprint(folder)).toBe(before);
    write("app/page.tsx", "two");
    expect(fingerprint(folder)).not.toBe(before);
    write("app/page.tsx", "one");
    fs.renameSync(path.join(folder, "app/page.tsx"), path.join(folder, "app/other.tsx"));
    expect(fingerprint(folder)).not.toBe(before);
  });

  test.each([
    ["a module beside package.json that comes", "middleware.ts"],
    ["the settings of the style sheets", ".config/postcssrc.json"],
    ["the settings of the types", ".config/tsconfig.build.json"],
    ["the packages", "package-lock.json"],
  ])("is another one after a change of %s", (_, file) => {
    makeSources();
    const before = fingerprint(folder);
    write(file, "changed");
    expect(fingerprint(folder)).not.toBe(before);
  });

  test("is known while sources go away, but not without one that every build needs", () => {
    makeSources();
    write("app/page.tsx", "one");
    fs.symlinkSync(path.join(folder, "nowhere.ts"), path.join(folder, "app/dangling.ts"));
    const before = fingerprint(folder);
    fs.rmSync(path.join(folder, "app/page.tsx"));
    expect(fingerprint(folder)).not.toBe(before);
    fs.rmSync(path.join(folder, "package-lock.json"));
    expect(() => fingerprint(folder)).toThrow("package-lock.json is not there");
  });

  test("is known of this checkout, whose sources are all there", () => {
    expect(fingerprint(path.resolve(import.meta.dirname, "../.."))).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe("the address of the database", () => {
  const show = (env: Readonly<Record<string, string>>) =>
    spawnSync("npm", ["run", "-s", "database"], {
      cwd: path.resolve(import.meta.dirname, "../.."),
      env: { ...process.env, DATABASE_URL: "", DATA_DIR: folder, ...env },
      encoding: "utf8",
      timeout: 25_000,
    });

  test("is printed alone, at once, while the embedded server runs, and then works", async () => {
    const server = await startEmbeddedServer({
      directory: path.join(folder, "postgres"),
      settings: { fsync: "off" },
    });
    const { stdout, status } = show({});
    await server.close();
    expect([stdout, status]).toEqual([`${server.url}\n`, 0]);
  });

  test("is not to be had when none runs, which is said, and starts none", () => {
    const { stdout, stderr, status } = show({});
    expect([stdout, status]).toEqual(["", 1]);
    expect(stderr).toContain(`No database runs in ${folder}`);
    expect(fs.existsSync(path.join(folder, "postgres"))).toBe(false);
  });
});
