import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { z } from "zod";

const Figures = z.object({
  queries: z.literal(150),
  sizes: z.array(z.object({ accounts: z.number(), p50Ms: z.number(), p95Ms: z.number(), hits: z.number() })),
  ratioP95: z.number().positive(),
});

// The figures of a machine that runs other tests beside it say nothing: that it measures, and finds what it asks for, does.
test("the benchmark of the search makes its accounts, asks, and prints its figures", () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      ...["--conditions=react-server", "--import=tsx", "--import=./db/patch-postgres.ts"],
      ...["e2e/bench/search.ts", "--short", "--json"],
    ],
    { encoding: "utf8", timeout: 100_000 },
  );
  expect(status, stderr).toBe(0);
  const { sizes } = Figures.parse(JSON.parse(stdout));
  expect(sizes.map(({ accounts }) => accounts)).toEqual([400, 4000]);
  for (const { hits, p50Ms, p95Ms } of sizes) {
    expect(hits).toBeGreaterThan(1);
    expect(p95Ms).toBeGreaterThanOrEqual(p50Ms);
  }
}, 120_000);
