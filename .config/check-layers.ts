import { spawnSync } from "node:child_process";
import { z } from "zod";

// Runs the fence, and demands that it saw the code: with a TypeScript that it cannot read it sees nothing and is content.

const FOLDERS = ["app", "components", "lib", "db", "e2e"];
const MIN_MODULES = 120;

const Report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const run = spawnSync(
  "node_modules/.bin/depcruise",
  ["--config", ".config/dependency-cruiser.cjs", "--output-type", "json", ...FOLDERS],
  { encoding: "utf8", maxBuffer: 1e9 },
);
if (run.stdout === "") throw new Error(run.stderr);
const { totalCruised, violations } = Report.parse(JSON.parse(run.stdout)).summary;
for (const { rule, from, to } of violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`);
process.stdout.write(
  `layers: ${violations.length.toString()} violations in ${totalCruised.toString()} modules\n`,
);
if (totalCruised < MIN_MODULES) process.stdout.write("That is too few: the fence does not see the code.\n");
process.exitCode = violations.length > 0 || totalCruised < MIN_MODULES ? 1 : 0;
