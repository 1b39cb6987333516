import type { TestDatabase } from "@/db/testing";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { makeFixture, type Fixture, MINUTE_MS, rule, runUntilIdle, spend } from "./recharge.testing";

export const DECLINE = "decline:insufficient_funds";

/** What the card does with its next payments. */
export const tell = ({ database, token }: Fixture, ...behaviours: string[]): Promise<void> =>
  instructSandbox(database.db, token, behaviours);

/** A rule at 20 for 100 credits, an account at 30, and a card that does what it is told. */
export async function makeRuledFixture(database: TestDatabase, ...behaviours: string[]): Promise<Fixture> {
  const fixture = await makeFixture(database, { balance: "30" });
  await rule(fixture, "20", "100");
  await tell(fixture, ...behaviours);
  return fixture;
}

/** The same, its rule suspended after four declines. */
export async function makeSuspendedFixture(database: TestDatabase): Promise<Fixture> {
  const fixture = await makeRuledFixture(database, DECLINE, DECLINE, DECLINE, DECLINE);
  await spend(fixture, "10");
  await waitOut(fixture);
  return fixture;
}

/** An hour, minute by minute: longer than any wait. */
export async function waitOut(fixture: Fixture): Promise<void> {
  for (let minute = 0; minute < 20; minute += 1) {
    await runUntilIdle(fixture);
    fixture.clock.advance(minute < 10 ? MINUTE_MS : 5 * MINUTE_MS);
  }
}
