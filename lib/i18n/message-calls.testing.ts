import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/** A place in the sources where a message is rendered. */
export type MessageCall = {
  readonly place: string;
  /** With its namespace. */
  readonly key: string;
  /** Names of the values it gives; null if they are not written there. */
  readonly values: readonly string[] | null;
};

/** Every call of a translator in a folder whose key is written at the call. */
export function messageCallsIn(folder: string): MessageCall[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|testing)\.tsx?$/.test(name))
    .flatMap((name) => {
      const file = path.join(folder, name);
      return messageCallsOf(file, fs.readFileSync(file, "utf8"));
    });
}

export function messageCallsOf(file: string, source: string): MessageCall[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const calls: MessageCall[] = [];
  const visit = (node: ts.Node, known: ReadonlyMap<string, string>) => {
    // What is declared inside a function is known in it only.
    const here = isScope(node) ? new Map([...known, ...translatorsIn(node)]) : known;
    if (ts.isCallExpression(node)) {
      const namespace = here.get(translatorOf(node.expression) ?? "");
      if (namespace !== undefined) {
        const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
        const values = valuesOf(node.arguments[1]);
        for (const key of keysOf(node.arguments[0])) {
          calls.push({ place: `${file}:${line + 1}`, key: `${namespace}.${key}`, values });
        }
      }
    }
    node.forEachChild((child) => {
      visit(child, here);
    });
  };
  visit(parsed, new Map());
  return calls;
}

const isScope = (node: ts.Node): boolean => ts.isFunctionLike(node) || ts.isSourceFile(node);

/** The names of translators declared in a scope, and not in another inside it, with their namespaces. */
function translatorsIn(scope: ts.Node): Map<string, string> {
  const found = new Map<string, string>();
  const look = (node: ts.Node) => {
    if (isScope(node)) return;
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      const made = withoutAwait(node.initializer);
      if (ts.isIdentifier(node.name)) note(node.name.text, made);
      else if (ts.isArrayBindingPattern(node.name) && ts.isCallExpression(made)) {
        const [all] = made.arguments;
        node.name.elements.forEach((element, position) => {
          if (!ts.isBindingElement(element) || !ts.isIdentifier(element.name)) return;
          const each = all !== undefined && ts.isArrayLiteralExpression(all) ? all.elements[position] : null;
          if (each !== undefined && each !== null) note(element.name.text, each);
        });
      }
    }
    node.forEachChild(look);
  };
  const note = (name: string, made: ts.Expression) => {
    const namespace = namespaceOf(made);
    if (namespace !== null) found.set(name, namespace);
  };
  scope.forEachChild(look);
  return found;
}

function namespaceOf(made: ts.Expression): string | null {
  if (!ts.isCallExpression(made) || !ts.isIdentifier(made.expression)) return null;
  if (!["useTranslations", "getTranslations"].includes(made.expression.text)) return null;
  const [argument] = made.arguments;
  if (argument === undefined) return null;
  if (ts.isStringLiteral(argument)) return argument.text;
  if (!ts.isObjectLiteralExpression(argument)) return null;
  const named = argument.properties.find((property) => property.name?.getText() === "namespace");
  return named !== undefined && ts.isPropertyAssignment(named) && ts.isStringLiteral(named.initializer)
    ? named.initializer.text
    : null;
}

const withoutAwait = (expression: ts.Expression): ts.Expression =>
  ts.isAwaitExpression(expression) ? expression.expression : expression;

/** `t(…)`, `t.rich(…)` and `t.markup(…)`. */
function translatorOf(called: ts.Expression): string | null {
  if (ts.isIdentifier(called)) return called.text;
  if (!ts.isPropertyAccessExpression(called) || !ts.isIdentifier(called.expression)) return null;
  return ["rich", "markup"].includes(called.name.text) ? called.expression.text : null;
}

function keysOf(argument: ts.Expression | undefined): string[] {
  if (argument === undefined) return [];
  if (ts.isStringLiteralLike(argument)) return [argument.text];
  if (ts.isConditionalExpression(argument)) {
    return [...keysOf(argument.whenTrue), ...keysOf(argument.whenFalse)];
  }
  return ts.isParenthesizedExpression(argument) ? keysOf(argument.expression) : [];
}

function valuesOf(argument: ts.Expression | undefined): string[] | null {
  if (argument === undefined) return [];
  if (!ts.isObjectLiteralExpression(argument)) return null;
  const names: string[] = [];
  for (const property of argument.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = valuesOf(property.expression);
      if (spread === null) return null;
      names.push(...spread);
    } else {
      names.push(property.name.getText());
    }
  }
  return names;
}
