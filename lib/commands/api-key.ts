import { parseArgs } from "node:util";
import { openDatabase } from "@/db/client";
import { parseAccessRule, type AccessRule } from "@/lib/credentials/rules";
import { createValidatedKey } from "@/lib/credentials/service";
import { currentSettings } from "@/lib/env";
import { prepareDatabase } from "./database";
import { runCommand, say } from "./run-command";

// `npm run api-key`: a key of the API that works at once. Prints it as JSON; it cannot be shown again.

const USAGE = `Usage:
  npm run api-key -- --customer HANDLE [--rule 'METHOD PATH']… [--name NAME]
  --customer  whose accounts the key reaches, such as ab12345-ovh
  --rule      what it may call, such as 'GET /sms' or 'PUT /sms/*'; repeatable; all calls if none is given
  --name      how the customer's list of keys names it`;

await runCommand(async () => {
  const { customer, rules, name } = readArguments();
  const database = await prepareDatabase(currentSettings(), (line) => process.stderr.write(`${line}\n`));
  const pool = openDatabase(database.url, { name: "ricarica api-key", max: 1 });
  try {
    const caller = { kind: "system", name: "api-key" } as const;
    const context = { caller, db: pool.db, now: () => new Date() };
    const made = await createValidatedKey(context, customer, { name, rules });
    if (!made.ok) {
      throw new Error(
        made.failure.code === "not_found"
          ? `There is no customer "${customer}".`
          : `The key was refused: ${JSON.stringify(made.failure)}`,
      );
    }
    say(JSON.stringify(made.value));
  } finally {
    await pool.close();
    await database.close();
  }
});

function readArguments(): { customer: string; rules: AccessRule[]; name: string } {
  const { values } = parseArgs({
    options: {
      customer: { type: "string" },
      rule: { type: "string", multiple: true },
      name: { type: "string" },
    },
  });
  if (values.customer === undefined) throw new Error(USAGE);
  const rules = (values.rule ?? []).map((text) => {
    const rule = parseAccessRule(text);
    if (rule === null) throw new Error(`"${text}" is no rule: write one such as 'GET /sms/*'.`);
    return rule;
  });
  return { customer: values.customer, rules, name: values.name ?? "npm run api-key" };
}
