import type { TestDatabase } from "@/db/testing";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { aBench, type Bench, MINUTE_MS, rule, settle, spend } from "./recharge.testing";

export const DECLINE = "decline:insufficient_funds";

/** What the card does with its next payments. */
export const tell = ({ database, token }: Bench, ...behaviours: string[]): Promise<void> =>
  instructSandbox(database.db, token, behaviours);

/** A rule at 20 for 100 credits, an account at 30, and a card that does what it is told. */
export async function aRuledBench(database: TestDatabase, ...behaviours: string[]): Promise<Bench> {
  const bench = await aBench(database, { balance: "30" });
  await rule(bench, "20", "100");
  await tell(bench, ...behaviours);
  return bench;
}

/** The same, its rule suspended after four declines. */
export async function aSuspendedBench(database: TestDatabase): Promise<Bench> {
  const bench = await aRuledBench(database, DECLINE, DECLINE, DECLINE, DECLINE);
  await spend(bench, "10");
  await waitOut(bench);
  return bench;
}

/** An hour, minute by minute: longer than any wait. */
export async function waitOut(bench: Bench): Promise<void> {
  for (let minute = 0; minute < 20; minute += 1) {
    await settle(bench);
    bench.clock.advance(minute < 10 ? MINUTE_MS : 5 * MINUTE_MS);
  }
}
