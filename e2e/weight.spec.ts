import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "playwright/test";
import { z } from "zod";

const Weights = z.array(z.strictObject({ page: z.string(), jsKb: z.number(), cssKb: z.number() }));

/** Weighed by the benchmark itself, on the product of this run. Bytes do not depend on what else the machine does. */
test("the rule page ships at most 190 kB of JavaScript, and a page that anyone may read at most 145", async () => {
  test.setTimeout(180_000);
  const bench = spawn("npm", ["run", "--silent", "bench:pages", "--", "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [printed, complained] = await Promise.all([
    text(bench.stdout),
    text(bench.stderr),
    once(bench, "exit"),
  ]);
  expect(bench.exitCode, complained).toBe(0);
  const weights = Weights.parse(JSON.parse(printed));
  const weightOf = (address: string) => weights.find(({ page }) => page === address)?.jsKb ?? Infinity;
  expect(weightOf("/telecom/sms/sms-ab12345-1/options/automatic-recharge")).toBeLessThanOrEqual(190);
  // Ten above what the bare framework ships, which the benchmark weighs too when it prints its table.
  for (const path of ["/packs", "/destinations"]) expect(weightOf(path)).toBeLessThanOrEqual(145);
  for (const { page, jsKb } of weights) expect(jsKb, page).toBeGreaterThan(100);
});
