import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/* What the documents name must be there: they are read by whoever does not know the code yet. */

const root = fileURLToPath(new URL("..", import.meta.url));
const FOLDERS = ["app", "components", "lib", "db", "e2e", "docs", "public", ".config", ".ci"];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map(
    (name) => `${folder}/${name}`,
  ),
);
const documents = ["README.md", ...files.filter((name) => /^docs\/.*\.md$/.test(name))];
const textOf = (document: string) => readFileSync(path.join(root, document), "utf8");
const manifest = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };

/** `*`, `<slice>` and `…` stand for any name. */
function isThere(named: string): boolean {
  const name = named.replace(/\/$/, "");
  const pattern = name
    .replaceAll(/[.()[\]{}+?$^|\\]/g, String.raw`\$&`)
    .replaceAll(/<[^>]+>|\*/g, "[^/]+")
    .replaceAll("…", ".+");
  return FOLDERS.includes(name) || files.some((file) => new RegExp(`^${pattern}$`).test(file));
}

test.each(documents)("%s names files and folders that exist", (document) => {
  const named = [
    ...textOf(document).matchAll(/`((?:app|components|lib|db|e2e|docs|public|\.config|\.ci)\/[^\s`]*)`/g),
  ];
  expect(named.map((match) => match[1] ?? "").filter((name) => !isThere(name))).toEqual([]);
});

test.each(documents)("%s names commands that exist", (document) => {
  const named = [...textOf(document).matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)].map(
    (match) => match[1] ?? "",
  );
  expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

test.each(documents)("%s links to pages that exist", (document) => {
  const links = [...textOf(document).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? "");
  const broken = links.filter((link) => !existsSync(path.join(root, path.dirname(document), link)));
  expect(broken).toEqual([]);
});

test("the documents are more than the README", () => {
  expect(documents.length).toBeGreaterThan(10);
});
