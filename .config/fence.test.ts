import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** A file, what it imports, and the rule that this breaks. Planted in a small project of its own with our fence. */
const VIOLATIONS: readonly (readonly [file: string, source: string, rule: string])[] = [
  ["app/a/page.tsx", 'import "@/db/client";', "only-stores-touch-sql"],
  ["app/b/page.tsx", 'import "@/lib/recharge/store";', "a-store-is-private-to-its-slice"],
  ["app/c/page.tsx", 'import "drizzle-orm";', "only-stores-touch-sql"],
  ["app/d/helper.ts", 'import "@/lib/failure";', "app-holds-route-files-only"],
  ["app/e/page.tsx", 'import "@/lib/commands/port";', "only-entry-points-and-tests-use-commands"],
  [
    "components/recharge/a.tsx",
    'import "@/lib/recharge/service";',
    "components-get-data-and-actions-as-props",
  ],
  ["components/recharge/b.tsx", 'import "@/app/home/page";', "nothing-imports-a-route"],
  ["components/recharge/c.tsx", 'import "@/components/packs/list";', "component-slices-do-not-mix"],
  ["components/ui/a.tsx", 'import "@/lib/recharge/rules";', "ui-knows-no-slice"],
  ["lib/ledger/service.ts", 'import "@/lib/recharge/service";', "ledger-stands-below-what-follows-it"],
  ["lib/ledger/schema.ts", 'import "drizzle-orm";', "only-stores-touch-sql"],
  ["lib/ledger/read-rules.ts", 'import "zod";', "rules-import-rules-only"],
  ["lib/ledger/rules.ts", 'import "react";', "only-lib-next-knows-the-framework"],
  ["lib/ledger/a.ts", 'import "@/lib/next/context";', "slices-know-no-adapter"],
  ["lib/ledger/b.ts", 'import "@/components/ui/field";', "lib-and-db-draw-nothing"],
  ["lib/ledger/c.ts", 'export const load = () => import("@/app/home/page");', "nothing-imports-a-route"],
  ["lib/ledger/d.ts", 'import "@/lib/ledger/d.test";', "tests-are-not-imported"],
  ["lib/ledger/d.test.ts", "export {};", ""],
  ["lib/ledger/BadName.ts", 'import "@/lib/failure";', "file-names-are-kebab-case"],
  ["lib/messages/store.ts", 'import "@/lib/ledger/store";', "a-store-is-private-to-its-slice"],
  ["lib/messages/x-schema.ts", 'import "@/lib/ledger/x-service";', "schemas-and-stores-call-no-verb"],
  ["lib/accounts/x.ts", 'import "@/lib/accounts/y";', "no-cycles"],
  ["lib/accounts/y.ts", 'import "@/lib/accounts/x";', ""],
  ["lib/next/store-reader.ts", 'import "@/lib/ledger/store";', "adapters-reach-no-store"],
  ["db/a.ts", 'import "@/lib/recharge/service";', "db-is-below-lib"],
  ["e2e/a.ts", 'import "@/lib/recharge/service";', "e2e-uses-the-browser-or-api"],
];

/** What is imported above, and breaks no rule itself. */
const GOOD = [
  ...["db/client.ts", "app/home/page.tsx", "components/packs/list.tsx", "components/ui/field.tsx"],
  ...["lib/failure.ts", "lib/commands/port.ts", "lib/next/context.ts", "lib/ledger/store.ts"],
  ...["lib/ledger/x-service.ts", "lib/recharge/store.ts", "lib/recharge/service.ts", "lib/recharge/rules.ts"],
];

let project: string;
beforeAll(() => {
  const root = path.resolve(import.meta.dirname, "..");
  project = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-fence-"));
  fs.symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
  for (const file of ["tsconfig.json", ".config/dependency-cruiser.cjs"]) {
    write(file, fs.readFileSync(path.join(root, file), "utf8"));
  }
  for (const file of GOOD) write(file, "export {};");
  for (const [file, source] of VIOLATIONS) write(file, source);
});
afterAll(() => fs.rmSync(project, { recursive: true }));

const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  fs.writeFileSync(path.join(project, file), `${text}\n`);
};

test("the fence catches each planted violation, and nothing else", () => {
  const { stdout } = spawnSync(
    path.join(project, "node_modules/.bin/depcruise"),
    [
      "--preserve-symlinks",
      "--config",
      ".config/dependency-cruiser.cjs",
      "-T",
      "err",
      "app",
      "components",
      "lib",
      "db",
      "e2e",
    ],
    { cwd: project, encoding: "utf8" },
  );
  const caught = [...stdout.matchAll(/error ([a-z0-9-]+): (\S+)/g)].map(
    ([, rule, file]) => `${file ?? ""} ${rule ?? ""}`,
  );
  const expected = VIOLATIONS.filter(([, , rule]) => rule !== "").map(([file, , rule]) => `${file} ${rule}`);
  expect(expected.filter((line) => !caught.includes(line))).toEqual([]);
  const files = new Set(VIOLATIONS.map(([file]) => file));
  expect(caught.filter((line) => !files.has(line.split(" ")[0] ?? ""))).toEqual([]);
});
