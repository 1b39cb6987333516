import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "./client";
import { startPostmaster, stopPostmaster } from "./embedded/postmaster";
import { chooseOsUser, identity } from "./embedded/os-user";
import { migrateDatabase } from "./migrate";

/** The oldest version that the product promises to run on, where Debian's package of it is installed. */
const OLDEST = "/usr/lib/postgresql/15";
const isInstalled = fs.existsSync(`${OLDEST}/bin/initdb`);

test.runIf(isInstalled)(
  "the tables can be made on PostgreSQL 15, by a login that is no superuser",
  async () => {
    const osUser = chooseOsUser();
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-oldest-"));
    if (osUser !== null) fs.chownSync(home, osUser.uid, osUser.gid);
    const clusterDirectory = path.join(home, "data");
    const made = spawnSync(
      `${OLDEST}/bin/initdb`,
      [
        "-D",
        clusterDirectory,
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
      ],
      { ...identity(osUser), cwd: "/", encoding: "utf8" },
    );
    expect(made.status, made.stderr).toBe(0);
    const settings = { fsync: "off" };
    const server = await startPostmaster({ clusterDirectory, native: OLDEST, osUser, settings, port: 0 });
    try {
      const url = (user: string) => `postgres://${user}:x@127.0.0.1:${String(server?.port)}/postgres`;
      const administrator = openDatabase(url("postgres"), { as: "owner", max: 1 });
      await administrator.sql`create role ricarica login createrole`;
      await administrator.sql`grant create on database postgres to ricarica`;
      await administrator.sql`grant create on schema public to ricarica`;
      await administrator.close();
      expect((await migrateDatabase(url("ricarica"))).applied).toBeGreaterThan(0);
      const product = openDatabase(url("ricarica"), { max: 1 });
      expect(await product.sql`select current_user::text as me`).toEqual([{ me: "ricarica_app" }]);
      await expect(product.sql`delete from entries`).rejects.toThrow("permission denied");
      await product.close();
    } finally {
      await stopPostmaster(clusterDirectory);
      fs.rmSync(home, { recursive: true, force: true });
    }
  },
);
