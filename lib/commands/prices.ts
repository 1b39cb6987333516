import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { dayIn, parseDay } from "@/lib/day";
import { currentSettings } from "@/lib/env";
import { printPrices } from "@/lib/prices/print";
import { type PriceListKind, printProblem } from "@/lib/prices/rules";
import { exportPrices, importPrices, showPrices } from "@/lib/prices/service";
import type { Context } from "@/lib/context";
import { prepareDatabase, withOwner } from "./database";
import { runCommand, say } from "./run-command";

// `npm run prices`: what a credit and a message cost, and from when. Works as the owner of the tables.

const USAGE = `Usage:
  npm run prices -- import FILE.csv [--from DATE]   takes a list, whole or not at all; --from if the file has no dates
  npm run prices -- export destinations|packs       writes a list with all its dates, as a file that can be imported
  npm run prices -- show [--on DATE]                what holds on a day, by default today
Dates are days such as 2027-01-31. New figures are in force everywhere within five seconds.`;

type Work = (context: Context) => Promise<void>;

await runCommand(async () => {
  const work = readArguments();
  const database = await prepareDatabase(currentSettings(), (line) => process.stderr.write(`${line}\n`));
  try {
    await withOwner(database.ownerUrl, ({ db }) =>
      work({ caller: { kind: "system", name: "prices" }, db, now: () => new Date() }),
    );
  } finally {
    await database.close();
  }
});

function readArguments(): Work {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: "string" }, on: { type: "string" } },
  });
  const [command, argument, ...more] = positionals;
  if (more.length > 0) throw new Error(USAGE);
  const from = dayOrNull(values.from, "--from");
  const on = dayOrNull(values.on, "--on");
  if (command === "import" && argument !== undefined && on === null) {
    return (context) => importFile(context, argument, from);
  }
  if (command === "export" && from === null && on === null && isList(argument)) {
    return (context) => exportList(context, argument);
  }
  if (command === "show" && argument === undefined && from === null) {
    return async (context) => {
      const day = on ?? dayIn("Europe/Rome", context.now());
      say(printPrices(day, await showPrices(context, day)));
    };
  }
  throw new Error(USAGE);
}

async function importFile(context: Context, file: string, from: string | null): Promise<void> {
  // npm runs commands in the product's folder; the operator names a file from where he is.
  const place = path.resolve(process.env["INIT_CWD"] ?? ".", file);
  const result = await importPrices(context, await readBytes(place), from);
  if (!result.ok) throw new Error(result.failure.code);
  const outcome = result.value;
  if (outcome.kind === "refused") {
    const lines = outcome.problems.map((problem) => printProblem(file, problem));
    throw new Error(`${lines.join("\n")}\nNothing was imported: ${counted(lines.length, "problem")}.`);
  }
  const changed = outcome.rows - outcome.unchanged;
  say(
    `Imported ${counted(outcome.rows, "row")} of ${outcome.list}: ${changed.toString()} new or changed, ` +
      `${outcome.unchanged.toString()} as before; from ${outcome.dates.join(", ")}.`,
  );
}

async function readBytes(place: string): Promise<Buffer> {
  try {
    return await readFile(place);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT") throw new Error(`There is no file ${place}.`);
    if (code === "EISDIR") throw new Error(`${place} is a folder, not a file.`);
    throw error;
  }
}

async function exportList(context: Context, list: PriceListKind): Promise<void> {
  const text = await exportPrices(context, list);
  // Waits until all is written: the end of the command would cut a long list short in a pipe.
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => (error == null ? resolve() : reject(error)));
  });
}

function isList(text: string | undefined): text is PriceListKind {
  return text === "destinations" || text === "packs";
}

function dayOrNull(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw new Error(`${option} takes a day such as 2027-01-31, not "${text}".`);
  return day;
}

function counted(count: number, noun: string): string {
  return `${count.toString()} ${noun}${count === 1 ? "" : "s"}`;
}
