import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

const ROOT = process.argv[2] ?? path.join(import.meta.dirname, "..");
const FOLDERS = ["app", "components", "lib", "db"];

/** Names that the framework asks each route for. */
const OF_THE_FRAMEWORK = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "metadata",
  "viewport",
  "dynamic",
  "revalidate",
  "generateMetadata",
]);

const namesOf = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)));

/** The names that a file declares and exports. What it hands on from another file is declared there. */
function exportedNames(file: string): string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const kinds = modifiers.map(({ kind }) => kind);
    if (!kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DefaultKeyword))
      return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => namesOf(name));
    }
    const isNamed =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    return isNamed && statement.name !== undefined ? [statement.name.text] : [];
  });
}

const declaredIn = new Map<string, Set<string>>();
for (const folder of FOLDERS) {
  if (!fs.existsSync(path.join(ROOT, folder))) continue;
  for (const name of fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(name)) continue;
    const file = path.join(folder, name);
    for (const exported of exportedNames(path.join(ROOT, file))) {
      if (!OF_THE_FRAMEWORK.has(exported))
        declaredIn.set(exported, (declaredIn.get(exported) ?? new Set()).add(file));
    }
  }
}

const twice = [...declaredIn].filter(([, files]) => files.size > 1);
for (const [name, files] of twice) console.error(`${name} is declared in ${[...files].join(" and ")}`);
// A check that saw nothing would be green for ever.
if (declaredIn.size === 0) console.error("no exported names were found");
console.log(
  `names: ${declaredIn.size.toString()} exported, ${twice.length.toString()} of them declared twice`,
);
process.exitCode = twice.length > 0 || declaredIn.size === 0 ? 1 : 0;
