import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "playwright/test";
import { z } from "zod";

const Weights = z.array(z.strictObject({ page: z.string(), jsKb: z.number(), cssKb: z.number() }));

const Answers = z.array(
  z.strictObject({ name: z.string(), htmlKb: z.number(), sentKb: z.number(), statements: z.number() }),
);

/** What a page of the demo may weigh, uncompressed, and ask of the database. */
const MAX_ANSWERS: Readonly<Record<string, { htmlKb: number; statements: number }>> = {
  overview: { htmlKb: 60, statements: 19 },
  history: { htmlKb: 60, statements: 9 },
  rule: { htmlKb: 60, statements: 11 },
};

/** Weighed by the benchmark, on a product of its own: what others ask of the database meanwhile is not counted. */
test("the pages that are read most send little HTML and ask the database for each thing once", async () => {
  test.setTimeout(300_000);
  const only = `--only=${Object.keys(MAX_ANSWERS).join(",")}`;
  const answers = Answers.parse(await runBench("bench:serve", "--weights", "--json", only));
  expect(answers.map(({ name }) => name)).toEqual(Object.keys(MAX_ANSWERS));
  for (const { name, htmlKb, statements } of answers) {
    expect(htmlKb, name).toBeLessThanOrEqual(MAX_ANSWERS[name]?.htmlKb ?? 0);
    expect(htmlKb, name).toBeGreaterThan(20);
    expect(statements, name).toBeLessThanOrEqual(MAX_ANSWERS[name]?.statements ?? 0);
    expect(statements, name).toBeGreaterThan(3);
  }
});

async function runBench(name: string, ...words: readonly string[]): Promise<unknown> {
  const bench = spawn("npm", ["run", "--silent", name, "--", ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [printed, complained] = await Promise.all([
    text(bench.stdout),
    text(bench.stderr),
    once(bench, "exit"),
  ]);
  expect(bench.exitCode, complained).toBe(0);
  return JSON.parse(printed);
}

/** Weighed by the benchmark itself, on the product of this run. Bytes do not depend on what else the machine does. */
test("the rule page ships at most 190 kB of JavaScript, and a page that anyone may read at most 145", async () => {
  test.setTimeout(180_000);
  const weights = Weights.parse(await runBench("bench:pages", "--json"));
  const weightOf = (address: string) => weights.find(({ page }) => page === address)?.jsKb ?? Infinity;
  expect(weightOf("/telecom/sms/sms-ab12345-1/options/automatic-recharge")).toBeLessThanOrEqual(190);
  // Ten above what the bare framework ships, which the benchmark weighs too when it prints its table.
  for (const path of ["/packs", "/destinations"]) expect(weightOf(path)).toBeLessThanOrEqual(145);
  for (const { page, jsKb } of weights) expect(jsKb, page).toBeGreaterThan(100);
});
