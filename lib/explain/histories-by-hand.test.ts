import { afterAll, beforeAll, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { post } from "@/lib/ledger/service";
import { DECLINE } from "@/lib/recharge/decline.testing";
import { credits, MINUTE_MS, rule, runUntilIdle, spend } from "@/lib/recharge/recharge.testing";
import { saveRule } from "@/lib/recharge/service";
import { transferCredits } from "@/lib/transfers/service";
import { valueOf } from "@/lib/failure";
import { reasonOf } from "./explain-rules";
import { after, aRuledStory, chain, expectLetter, Inquiry, letter } from "./explain.testing";

/*
 * Four of ten histories, in which people changed the rule or the balance, made by the product's own verbs, each asked about as support asks. Every story begins on 2 November
 * at 10:00:00 in Rome with the rule, and goes on minute by minute.
 */

let database: TestDatabase;
let inquiry: Inquiry;
beforeAll(async () => {
  database = await testDatabase();
  inquiry = new Inquiry(database);
});
afterAll(async () => {
  await inquiry.close();
  await database.close();
});

test("4. off", async () => {
  const fixture = await aRuledStory(database);
  valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
  await after(fixture, MINUTE_MS);
  await spend(fixture, "70");
  await after(fixture, MINUTE_MS);
  const told = await inquiry.ask(fixture, { sequence: "2" });
  expect(told.state).toMatchObject({ balance: "30", rule: "off", threshold: null, price: null, version: 2 });
  expect(letter(told, "it")).toEqual([
    "Non è stato addebitato nulla.",
    "2 novembre 2026 alle ore 10:02:00: Un invio ha usato 70 crediti di sms-1: il saldo è passato da 100 a 30. La ricarica automatica di sms-1 era disattivata dal giorno 2 novembre 2026 alle ore 10:01:00, quindi con il saldo a 30 non è stato acquistato nulla.",
  ]);
  expectLetter(told, "en", [
    "Automatic recharge of sms-1 had been off since 2 November 2026 at 10:01:00, so with the balance at 30 nothing was bought.",
  ]);
  await rule(fixture, "60", "100");
  await after(fixture, 1000);
  const since = await inquiry.ask(fixture, { sequence: "2" });
  expect(chain(since).at(-1)).toBe("10:03:00 turned_on");
  // What was done afterwards is told, and is not why.
  expect(reasonOf(since.steps)?.key).toBe("off");
  expect(chain(await inquiry.ask(fixture, { sequence: "3" })).slice(0, 2)).toEqual([
    "10:03:00 turned_on",
    "10:03:00 due",
  ]);
});

test("5. changed in between", async () => {
  const fixture = await aRuledStory(database, DECLINE);
  await spend(fixture, "40");
  await runUntilIdle(fixture);
  await after(fixture, 30_000);
  await rule(fixture, "70", "250");
  await after(fixture, 40_000);
  const told = await inquiry.ask(fixture, { sequence: "2" });
  // What was under way at that instant is the first order, whatever took its place.
  const { orderId: first } = told.state;
  expect(told.state).toMatchObject({ version: 1, threshold: "60", quantity: 100, price: { quantity: 100 } });
  const bought = await inquiry.ask(fixture, { sequence: "3" });
  expect(bought.state).toMatchObject({ version: 2, price: { quantity: 250 } });
  expect(bought.state.orderId).not.toBe(first);
  expect(chain(bought).at(-1)).toBe("10:02:10 credited");
  expect(chain(told)).toEqual([
    "10:01:00 moved_message",
    "10:01:00 due",
    "10:01:00 claimed",
    "10:01:00 paying",
    "10:01:00 declined",
    "10:01:30 changed",
    "10:01:30 refused_rule_changed",
    "10:01:30 due",
    "10:02:10 claimed",
    "10:02:10 paying",
    "10:02:10 paid",
    "10:02:10 credited",
  ]);
  expectLetter(told, "it", [
    "La regola è stata modificata: a 70 o meno, 250 crediti.",
    "Il saldo, 60, aveva raggiunto la soglia: la regola di quel momento (versione 2) acquista 250 crediti quando il saldo è a 70 o meno.",
    "Sono stati ordinati 250 crediti (ordine #1): 10,34 € + IVA, 12,61 € in tutto.",
  ]);
  expectLetter(told, "en", ["€12.61 was charged on 2 November 2026 at 10:02:10 for 250 credits (order #1)."]);
});

test("6. transferred away", async () => {
  const fixture = await aRuledStory(database);
  const { serviceName: target } = await anSmsAccount(database.db, {
    customerId: fixture.key.customerId,
    createdAt: new Date("2026-10-01T08:00:00Z"),
  });
  valueOf(
    await transferCredits(fixture.customer, fixture.key, { credits: "55.5", target, idempotencyKey: "away" }),
  );
  await after(fixture, 1000);
  const told = await inquiry.ask(fixture, { sequence: "2" });
  expect(told.verdict.key).toBe("charged");
  expect(chain(told)[0]).toBe("10:01:00 moved_transfer_out");
  expectLetter(told, "it", [
    `Un trasferimento ha spostato 55,5 crediti da sms-1 a ${target}: il saldo è passato da 100 a 44,5.`,
  ]);
  expectLetter(told, "en", [
    `A transfer moved 55.5 credits from sms-1 to ${target}: the balance went from 100 to 44.5.`,
  ]);
  const other = await inquiry.ask(
    { ...fixture, key: { ...fixture.key, serviceName: target } },
    { sequence: "1" },
  );
  expect(other.state).toMatchObject({ rule: "never_set", balance: "55.5" });
  expectLetter(other, "en", [
    "Automatic recharge of sms-1 had never been set, so with the balance at 55.5 nothing was bought.",
  ]);
});

test("7. corrected", async () => {
  const fixture = await aRuledStory(database, DECLINE);
  await spend(fixture, "40");
  await runUntilIdle(fixture);
  await after(fixture, 20_000);
  const correction = { kind: "correction", account: fixture.key, amount: credits("50") } as const;
  const reason = "Invio addebitato due volte";
  valueOf(
    await post(fixture.system, { ...correction, reason, idempotencyKey: "correction:1", requestHash: "c" }),
  );
  await after(fixture, 50_000);
  const told = await inquiry.ask(fixture, { sequence: "2" });
  expect(chain(told)).toEqual([
    "10:01:00 moved_message",
    "10:01:00 due",
    "10:01:00 claimed",
    "10:01:00 paying",
    "10:01:00 declined",
    "10:01:20 moved_correction",
    "10:02:10 refused_no_longer_due",
  ]);
  expectLetter(told, "it", [
    "Non è stato addebitato nulla.",
    "Una correzione di 50 crediti ha portato il saldo di sms-1 da 60 a 110. Motivo: Invio addebitato due volte.",
    "Non è stato acquistato nulla, perché il saldo, 110, era di nuovo sopra la soglia. L’ordine è stato annullato.",
  ]);
  expectLetter(told, "en", [
    "Nothing was bought, because the balance, 110, was above the threshold again. The order was cancelled.",
  ]);
});
