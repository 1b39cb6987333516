import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { z } from "zod";

/*
 * The figures of a machine that runs other tests beside it say nothing: that each benchmark makes its rows, asks, and
 * prints what it is said to print, does.
 */

function figuresOf<Figures>(bench: string, shape: z.ZodType<Figures>): Figures {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--conditions=react-server", "--import=tsx", `e2e/bench/${bench}.ts`, "--short", "--json"],
    { encoding: "utf8", timeout: 170_000 },
  );
  expect(status, stderr).toBe(0);
  return shape.parse(JSON.parse(stdout));
}

const ms = z.number().nonnegative();
const Limit = z.strictObject({ perSecond: z.number().positive(), p50Ms: ms, p99Ms: ms });
const Ours = z.strictObject({ ...Limit.shape, ratio: z.number().positive() });

test("the ledger beside PostgreSQL's limit", { timeout: 180_000 }, () => {
  const shape = z.strictObject({
    limit: Limit,
    oneCaller: Ours,
    manyAccounts: Ours,
    hotAccountLimit: Limit,
    hotAccount: Ours,
  });
  const { limit, oneCaller } = figuresOf("ledger", shape);
  expect(oneCaller.ratio).toBeCloseTo(oneCaller.perSecond / limit.perSecond, 1);
});

test("the history of a short and of a long account", { timeout: 180_000 }, () => {
  const size = z.strictObject({ p50Ms: ms, p99Ms: ms });
  const shape = z.strictObject({
    entries: z.tuple([z.literal(10_000), z.literal(50_000)]),
    pages: z.array(
      z.strictObject({ page: z.string(), small: size, large: size, ratio: z.number().positive() }),
    ),
    months: z.array(z.strictObject({ rows: z.number(), firstMs: ms, perSecond: z.number().positive() })),
  });
  const { pages, months } = figuresOf("history", shape);
  expect(pages.map(({ page }) => page)).toContain("a page deep inside");
  // A thirtieth of nine hundred days.
  expect(months.map(({ rows }) => rows)).toEqual([333, 1667]);
});

test("from the crossing to the credits", { timeout: 180_000 }, () => {
  const shape = z.strictObject({ recharges: z.literal(5), p50Ms: ms, p99Ms: ms, mostMs: ms });
  expect(figuresOf("recharge", shape).p50Ms).toBeGreaterThan(20);
});

test("the search among few and many accounts", { timeout: 180_000 }, () => {
  const size = z.object({ accounts: z.number(), p50Ms: ms, p95Ms: ms, hits: z.number() });
  const shape = z.object({ queries: z.literal(150), sizes: z.array(size), ratioP95: z.number().positive() });
  const { sizes } = figuresOf("search", shape);
  expect(sizes.map(({ accounts }) => accounts)).toEqual([400, 4000]);
  for (const { hits, p50Ms, p95Ms } of sizes) {
    expect(hits).toBeGreaterThan(1);
    expect(p95Ms).toBeGreaterThanOrEqual(p50Ms);
  }
});
