import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
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
  ["lib/ledger/name-rules.ts", 'import "@/lib/i18n/locales";', "rules-speak-no-language"],
  ["lib/ledger-two/service.ts", 'import "@/lib/failure";', "every-folder-of-lib-has-its-place"],
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
  "db/client.ts",
  "app/home/page.tsx",
  "components/packs/list.tsx",
  "components/ui/field.tsx",
  "lib/failure.ts",
  "lib/i18n/locales.ts",
  "lib/commands/port.ts",
  "lib/next/context.ts",
  "lib/ledger/store.ts",
  "lib/ledger/x-service.ts",
  "lib/recharge/store.ts",
  "lib/recharge/service.ts",
  "lib/recharge/rules.ts",
];

const root = path.resolve(import.meta.dirname, "..");

let project: string;
beforeAll(() => {
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

/** What may not stand in a verb, though it imports nothing: the context brings a database along. */
const QUERIES: readonly string[] = [
  "declare const sql: any; export const q1 = sql`select 1`;",
  "export const q2 = (context: any) => context.pool.sql`select 1`;",
  "export const q3 = (context: any) => context.db.select();",
  "export const q4 = (tx: any) => tx.execute('select 1');",
  "export const q5 = (context: any) => context.db.query.orders.findMany();",
  "export const q6 = (client: any) => client.unsafe('select 1');",
  "export const q7 = (other: any, table: any) => other.insert(table).values({});",
  "export const q8 = (other: any, table: any) => other.update(table).set({});",
  "export const q9 = (other: any, table: any) => other.delete(table).where(1);",
  "export const q10 = (context: any, table: any) => context.db.delete(table);",
];

/** What is called alike and is none. */
const HOMONYMS = `import { createHash } from 'node:crypto';
export const hashed = (text: string) => createHash('sha256').update(text).digest('hex');
export const forget = (kept: Map<string, string>, key: string) => kept.delete(key);
export const inOne = (context: any) => context.db.transaction(() => 1);`;

test("a query is refused in a service and wherever else no store is, and allowed in a store", async () => {
  const linter = new ESLint({
    cwd: root,
    overrideConfigFile: path.join(root, ".config/eslint.config.mjs"),
    // The planted files belong to no project whose types could be read.
    overrideConfig: tseslint.configs.disableTypeChecked,
  });
  /** The lines on which a query is refused. */
  const refused = async (source: string, filePath: string) => {
    const [result] = await linter.lintText(source, { filePath });
    const all = result?.messages ?? [];
    expect(all.filter(({ fatal }) => fatal === true)).toEqual([]);
    return new Set(all.filter(({ ruleId }) => ruleId === "no-restricted-syntax").map(({ line }) => line));
  };
  const each = new Set(QUERIES.map((_, index) => index + 1));
  for (const file of ["lib/orders/x-service.ts", "lib/orders/x-rules.ts", "app/x/page.tsx"]) {
    expect([file, await refused(QUERIES.join("\n"), file)]).toEqual([file, each]);
  }
  expect(await refused(QUERIES.join("\n"), "lib/orders/x-store.ts")).toEqual(new Set());
  expect(await refused(HOMONYMS, "lib/orders/x-service.ts")).toEqual(new Set());
  // What a block of its own says of a file must not lift what all files are held to.
  const twoCasts = "export const a = (1 as unknown) as string;";
  expect(await refused(twoCasts, "lib/orders/x-service.ts")).toEqual(new Set([1]));

  const spreads = [
    "export const a1 = { a: 1, ...{ b: 2, c: 3 } };",
    "export const a2 = [1, ...[2, 3]];",
    "export const a3 = [1, ...([2, 3] as const)];",
    "export const a4 = { ...a1, ...(a1.a === 1 && { d: 4 }) };",
  ].join("\n");
  for (const file of ["lib/orders/x-service.ts", "lib/orders/x-store.ts", "e2e/x.spec.ts"]) {
    expect([file, await refused(spreads, file)]).toEqual([file, new Set([1, 2, 3])]);
  }
  const presses = [
    "export const a = <button onClick={() => 1} />;",
    "export const b = <Button onClick={() => 1} />;",
    "export const c = <PressButton onClick={() => 1} />;",
  ].join("\n");
  expect(await refused(presses, "components/orders/x.tsx")).toEqual(new Set([1, 2]));
});

test("a text that a page translator would break is caught, and one that stands alone is not", async () => {
  const planted = `declare const t: { (key: string): string; rich: (key: string) => null };
declare const n: number;
export const Mixed = () => <p>{n} credits</p>;
export const Beside = () => <p>{t("a")}<b>{t("b")}</b></p>;
export const Rich = () => <p>{t.rich("c")}</p>;
export function Bare() { return t("d"); }
export const Alone = () => <p>{t("e")}</p>;
export const Keyed = () => <p key={n}>{t.rich("f")}</p>;
export const Own = () => <p><span>{n}</span> credits</p>;
`;
  // Types are read, so it stands in the small project: the whole one takes a minute to read.
  const file = "components/ui/planted.tsx";
  write(file, planted);
  const linter = new ESLint({
    cwd: project,
    overrideConfigFile: path.join(root, ".config/eslint.config.mjs"),
    overrideConfig: { languageOptions: { parserOptions: { tsconfigRootDir: project } } },
  });
  const [result] = await linter.lintFiles([file]);
  const caught = (result?.messages ?? []).filter(({ ruleId }) => ruleId === "ricarica/text-alone");
  expect(caught.map(({ line, messageId }) => `${line.toString()} ${messageId ?? ""}`)).toEqual([
    "3 mixed",
    "4 mixed",
    "5 rich",
    "6 returned",
  ]);
}, 120_000);

test("a name that two files export is caught, in each way to declare it, and what the framework asks for is not", () => {
  const planted: readonly (readonly [file: string, source: string])[] = [
    [
      "lib/x/rules.ts",
      "export type Twice = 1; export function twiceOf() {} export const TWICE = 1; export class Two {}",
    ],
    ["components/x/a.tsx", "export interface Twice {} export const twiceOf = 1; export const [TWICE] = [1];"],
    ["db/x.ts", "export const TWICE = 2; export const once = 1; export enum Two {}"],
    [
      "app/x/route.ts",
      "export function GET() {} export const metadata = 1; export default function Once() {}",
    ],
    [
      "app/y/route.ts",
      "export async function GET() {} export const metadata = 1; export default function Once() {}",
    ],
    ["lib/x/again.ts", 'export { twiceOf } from "./rules"; const once = 1; type Twice = once;'],
  ];
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-names-"));
  for (const [file, source] of planted) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), source);
  }
  const check = path.join(import.meta.dirname, "check-names.ts");
  const { status, stderr } = spawnSync(process.execPath, ["--import=tsx", check, root], { encoding: "utf8" });
  fs.rmSync(root, { recursive: true });
  expect(status).toBe(1);
  expect(
    stderr
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]),
  ).toEqual(expect.arrayContaining(["Twice", "twiceOf", "TWICE", "Two"]));
  expect(stderr).not.toMatch(/GET|metadata|Once|once/);
  expect(stderr).not.toContain("again.ts");
}, 120_000);
