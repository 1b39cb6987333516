import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { post } from "@/lib/ledger/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { choosePaymentMethod } from "@/lib/recharge/method-service";
import {
  type Bench,
  credits,
  MINUTE_MS,
  rule,
  settle,
  spend,
  valueOf,
} from "@/lib/recharge/recharge.testing";
import { saveRule } from "@/lib/recharge/service";
import { transferCredits } from "@/lib/transfers/service";
import type { Locale } from "@/lib/i18n/locales";
import { reasonOf } from "./explain-rules";
import { after, aStory, chain, Inquiry, letter } from "./explain.testing";
import type { Explained } from "./service";

/*
 * Ten histories, made by the product's own verbs, each asked about as support asks. Every story begins on 2 November
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

const tell = (bench: Bench, ...behaviours: string[]) => instructSandbox(database.db, bench.token, behaviours);
const DECLINE = "decline:insufficient_funds";

/** The letter says all of this, in this order. */
function expectLetter(told: Explained, locale: Locale, sentences: readonly string[]): void {
  const text = letter(told, locale).join("\n");
  expect(sentences.filter((sentence) => !text.includes(sentence))).toEqual([]);
  const places = sentences.map((sentence) => text.indexOf(sentence));
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

/** An account at 100 with a rule at 60 for 100 credits, a minute after it was set. */
async function aRuledStory(...behaviours: string[]): Promise<Bench> {
  const bench = await aStory(database);
  await rule(bench, "60", "100");
  await tell(bench, ...behaviours);
  await after(bench, MINUTE_MS);
  return bench;
}

test("1. bought", async () => {
  const bench = await aRuledStory();
  await spend(bench, "40");
  await after(bench, 2000);
  const told = await inquiry.ask(bench, { sequence: "2" });
  expect(told.state).toMatchObject({
    ...{ balance: "60", sequence: "2", rule: "on", threshold: "60", quantity: 100, version: 1 },
    price: { quantity: 100, netCents: "420", totalCents: "512", currency: "EUR" },
  });
  expect(chain(told)).toEqual([
    "10:01:00 moved_message",
    "10:01:00 due",
    "10:01:02 claimed",
    "10:01:02 paying",
    "10:01:02 paid",
    "10:01:02 credited",
  ]);
  expect(letter(told, "it")).toEqual([
    "È stato addebitato un importo di 5,12 €, in data 2 novembre 2026 alle ore 10:01:02, per 100 crediti (ordine #1).",
    "2 novembre 2026 alle ore 10:01:00: Un invio ha usato 40 crediti di sms-1: il saldo è passato da 100 a 60. Il saldo, 60, aveva raggiunto la soglia: la regola di quel momento (versione 1) acquista 100 crediti quando il saldo è a 60 o meno.",
    "2 novembre 2026 alle ore 10:01:02: Sono stati ordinati 100 crediti (ordine #1): 4,20 € + IVA, 5,12 € in tutto. Il pagamento di 5,12 € è riuscito. Sono stati aggiunti 100 crediti: il saldo è diventato 160.",
  ]);
  expect(letter(told, "en")).toEqual([
    "€5.12 was charged on 2 November 2026 at 10:01:02 for 100 credits (order #1).",
    "2 November 2026 at 10:01:00: A send used 40 credits of sms-1: the balance went from 100 to 60. The balance, 60, had reached the threshold: the rule of that moment (version 1) buys 100 credits when the balance is 60 or less.",
    "2 November 2026 at 10:01:02: 100 credits were ordered (order #1): €4.20 + VAT, €5.12 in all. The payment of €5.12 succeeded. 100 credits were added: the balance became 160.",
  ]);
  expectLetter(told, "fr", ["Le paiement de 5,12 € a réussi."]);
  // The credit, the order and any instant in between lead to the same story.
  const order = told.state.orderId ?? (await inquiry.ask(bench, { sequence: "3" })).state.orderId;
  for (const asked of [
    { sequence: "3" },
    { orderId: order ?? "" },
    { at: new Date("2026-11-02T09:01:01Z") },
  ]) {
    const again = await inquiry.ask(bench, asked);
    expect([again.verdict.key, chain(again)]).toEqual(["charged", chain(told)]);
  }
});

test("2. declined and retried", async () => {
  const bench = await aRuledStory(DECLINE);
  await spend(bench, "40");
  await settle(bench);
  await after(bench, 61_000);
  const told = await inquiry.ask(bench, { at: new Date("2026-11-02T09:01:30Z") });
  expect(told.state).toMatchObject({ balance: "60", rule: "on", payment: "waiting" });
  expect(chain(told)).toEqual([
    "10:01:00 moved_message",
    "10:01:00 due",
    "10:01:00 claimed",
    "10:01:00 paying",
    "10:01:00 declined",
    "10:02:01 paying",
    "10:02:01 paid",
    "10:02:01 credited",
  ]);
  expectLetter(told, "it", [
    "È stato addebitato un importo di 5,12 €, in data 2 novembre 2026 alle ore 10:02:01, per 100 crediti (ordine #1).",
    "La banca ha rifiutato il tentativo 1 (codice insufficient_funds). Il prossimo era previsto per il giorno 2 novembre 2026 alle ore 10:02:00.",
    "2 novembre 2026 alle ore 10:02:01: Il pagamento di 5,12 € è riuscito.",
  ]);
  expectLetter(told, "en", [
    "The bank declined attempt 1 (code insufficient_funds). The next was due on 2 November 2026 at 10:02:00.",
  ]);
});

describe("3. suspended", () => {
  test("for good at once: what is used later buys nothing, until another card", async () => {
    const bench = await aRuledStory("decline:expired_card");
    await spend(bench, "40");
    await settle(bench);
    await after(bench, 10 * MINUTE_MS);
    await spend(bench, "10");
    const held = await inquiry.ask(bench, { sequence: "3" });
    expect(held.state).toMatchObject({ balance: "50", rule: "suspended", price: { quantity: 100 } });
    expect(chain(held)).toEqual([
      "10:01:00 moved_message",
      "10:01:00 due",
      "10:01:00 claimed",
      "10:01:00 paying",
      "10:01:00 suspended_declined_for_good",
      "10:11:00 moved_message",
      "10:11:00 was_suspended",
    ]);
    expectLetter(held, "it", [
      "Non è stato addebitato nulla.",
      "La banca ha rifiutato il pagamento in modo definitivo (codice expired_card): la regola è stata sospesa finché non cambia il metodo di pagamento o un acquisto non va a buon fine.",
      "La regola di sms-1 era sospesa dal giorno 2 novembre 2026 alle ore 10:01:00, quindi con il saldo a 50 non è stato acquistato nulla.",
    ]);
    await after(bench, MINUTE_MS);
    valueOf(await choosePaymentMethod(bench.customer, bench.key.customerId, { token: "sandbox_mastercard" }));
    await after(bench, 1000);
    expect(chain(await inquiry.ask(bench, { sequence: "3" })).at(-1)).toBe("10:12:00 resumed_method");
    const bought = await inquiry.ask(bench, { sequence: "4" });
    expect(bought.verdict.key).toBe("charged");
    expect(chain(bought).slice(0, 3)).toEqual([
      "10:12:00 resumed_method",
      "10:12:00 due",
      "10:12:01 claimed",
    ]);
  });

  test("after four declines, and asked about by the line of the log", async () => {
    const bench = await aRuledStory(DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(bench, "40");
    for (const minutes of [0, 1, 2, 4]) await after(bench, minutes * MINUTE_MS);
    const [line] = await database.sql<{ id: string }[]>`
      select decision_id::text as id from decisions
      where customer_id = ${bench.key.customerId} and outcome = 'suspended'`;
    const told = await inquiry.ask(bench, { decisionId: line?.id ?? "" });
    expect(told.verdict.key).toBe("not_charged");
    expect(chain(told).filter((step) => step.endsWith(" declined"))).toHaveLength(3);
    expectLetter(told, "en", [
      "The bank declined attempt 4 too (code insufficient_funds): the rule was suspended, and nothing more is tried until the payment method changes or a purchase succeeds.",
    ]);
  });
});

test("4. off", async () => {
  const bench = await aRuledStory();
  valueOf(await saveRule(bench.customer, bench.key, { quantity: "off" }));
  await after(bench, MINUTE_MS);
  await spend(bench, "70");
  await after(bench, MINUTE_MS);
  const told = await inquiry.ask(bench, { sequence: "2" });
  expect(told.state).toMatchObject({ balance: "30", rule: "off", threshold: null, price: null, version: 2 });
  expect(letter(told, "it")).toEqual([
    "Non è stato addebitato nulla.",
    "2 novembre 2026 alle ore 10:02:00: Un invio ha usato 70 crediti di sms-1: il saldo è passato da 100 a 30. La ricarica automatica di sms-1 era disattivata dal giorno 2 novembre 2026 alle ore 10:01:00, quindi con il saldo a 30 non è stato acquistato nulla.",
  ]);
  expectLetter(told, "en", [
    "Automatic recharge of sms-1 had been off since 2 November 2026 at 10:01:00, so with the balance at 30 nothing was bought.",
  ]);
  await rule(bench, "60", "100");
  await after(bench, 1000);
  const since = await inquiry.ask(bench, { sequence: "2" });
  expect(chain(since).at(-1)).toBe("10:03:00 turned_on");
  // What was done afterwards is told, and is not why.
  expect(reasonOf(since.steps)?.key).toBe("off");
  expect(chain(await inquiry.ask(bench, { sequence: "3" })).slice(0, 2)).toEqual([
    "10:03:00 turned_on",
    "10:03:00 due",
  ]);
});

test("5. changed in between", async () => {
  const bench = await aRuledStory(DECLINE);
  await spend(bench, "40");
  await settle(bench);
  await after(bench, 30_000);
  await rule(bench, "70", "250");
  await after(bench, 40_000);
  const told = await inquiry.ask(bench, { sequence: "2" });
  // What was under way at that instant is the first order, whatever took its place.
  const { orderId: first } = told.state;
  expect(told.state).toMatchObject({ version: 1, threshold: "60", quantity: 100, price: { quantity: 100 } });
  const bought = await inquiry.ask(bench, { sequence: "3" });
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
    "Sono stati ordinati 250 crediti (ordine #1): 10,34 € + IVA, 12,62 € in tutto.",
  ]);
  expectLetter(told, "en", ["€12.62 was charged on 2 November 2026 at 10:02:10 for 250 credits (order #1)."]);
});

test("6. transferred away", async () => {
  const bench = await aRuledStory();
  const { serviceName: target } = await anSmsAccount(database.db, {
    customerId: bench.key.customerId,
    createdAt: new Date("2026-10-01T08:00:00Z"),
  });
  valueOf(await transferCredits(bench.customer, bench.key, { credits: "55.5", target, reference: "away" }));
  await after(bench, 1000);
  const told = await inquiry.ask(bench, { sequence: "2" });
  expect(told.verdict.key).toBe("charged");
  expect(chain(told)[0]).toBe("10:01:00 moved_transfer_out");
  expectLetter(told, "it", [
    `Un trasferimento ha spostato 55,5 crediti da sms-1 a ${target}: il saldo è passato da 100 a 44,5.`,
  ]);
  expectLetter(told, "en", [
    `A transfer moved 55.5 credits from sms-1 to ${target}: the balance went from 100 to 44.5.`,
  ]);
  const other = await inquiry.ask(
    { ...bench, key: { ...bench.key, serviceName: target } },
    { sequence: "1" },
  );
  expect(other.state).toMatchObject({ rule: "never_set", balance: "55.5" });
  expectLetter(other, "en", [
    "Automatic recharge of sms-1 had never been set, so with the balance at 55.5 nothing was bought.",
  ]);
});

test("7. corrected", async () => {
  const bench = await aRuledStory(DECLINE);
  await spend(bench, "40");
  await settle(bench);
  await after(bench, 20_000);
  const correction = { kind: "correction", account: bench.key, amount: credits("50") } as const;
  const reason = "Invio addebitato due volte";
  valueOf(await post(bench.system, { ...correction, reason, reference: "correction:1", fingerprint: "c" }));
  await after(bench, 50_000);
  const told = await inquiry.ask(bench, { sequence: "2" });
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

test("8. need of several quantities", async () => {
  const bench = await aStory(database, "400");
  await rule(bench, "250", "100");
  await after(bench, MINUTE_MS);
  await spend(bench, "400");
  const before = await inquiry.ask(bench, { at: new Date("2026-11-02T09:00:59Z") });
  expect(before.state).toMatchObject({ balance: "400", rule: "on", payment: null, price: { quantity: 100 } });
  expect(letter(before, "it")).toEqual([
    "Non è stato addebitato nulla.",
    "2 novembre 2026 alle ore 10:00:59: Il saldo di sms-1, 400, era sopra la soglia di 250: la regola acquista 100 crediti quando il saldo è alla soglia o sotto, quindi non c’era nulla da acquistare.",
  ]);
  await after(bench, 1000);
  const told = await inquiry.ask(bench, { sequence: "2" });
  expect(told.state.price).toMatchObject({ quantity: 300 });
  expectLetter(told, "it", [
    "Una quantità di 100 crediti non bastava a superare la soglia, quindi ne sono stati ordinati 300 con un solo pagamento (ordine #1): 12,41 € + IVA, 15,14 € in tutto.",
  ]);
  expectLetter(told, "en", [
    "A quantity of 100 credits did not lift the balance above the threshold, so 300 were ordered with a single payment (order #1): €12.41 + VAT, €15.14 in all.",
  ]);
});

test("9. unknown payment", async () => {
  const bench = await aRuledStory("time_out_after");
  const engine = { ...bench.engine, gatewayTimeoutMs: 50 };
  await spend(bench, "40");
  await settle({ ...bench, engine });
  const told = await inquiry.ask(bench, { sequence: "2" });
  expect(told.verdict.key).toBe("pending");
  expect(chain(told).slice(-2)).toEqual(["10:01:00 unknown", "10:01:00 still_unknown"]);
  expectLetter(told, "it", [
    "Finora non risulta alcun addebito: l’ordine #1 non è ancora concluso.",
    "La banca non ha detto com’è finito il tentativo 1. Prima di fare altro ne abbiamo chiesto l’esito, così che nulla si paghi due volte.",
    "L’esito del pagamento dell’ordine #1 non è ancora noto: lo stiamo chiedendo alla banca.",
  ]);
  expectLetter(told, "en", [
    "The outcome of the payment of order #1 is not known yet: we are asking the bank.",
  ]);
  await after(bench, 5000);
  const known = await inquiry.ask(bench, { sequence: "2" });
  expect(known.verdict.key).toBe("charged");
  expect(chain(known).slice(-3)).toEqual(["10:01:00 unknown", "10:01:05 paid", "10:01:05 credited"]);
});

test("10. one already open", async () => {
  const bench = await aRuledStory(DECLINE);
  await spend(bench, "40");
  await settle(bench);
  await after(bench, 20_000);
  await spend(bench, "15.5");
  await after(bench, 50_000);
  const told = await inquiry.ask(bench, { sequence: "3" });
  expect(told.state).toMatchObject({ balance: "44.5", payment: "waiting" });
  expect(told.verdict.key).toBe("charged");
  expect(chain(told)).toEqual([
    "10:01:00 moved_message",
    "10:01:00 due",
    "10:01:00 claimed",
    "10:01:00 paying",
    "10:01:00 declined",
    "10:01:20 moved_message",
    "10:01:20 already_open",
    "10:02:10 paying",
    "10:02:10 paid",
    "10:02:10 credited",
  ]);
  expectLetter(told, "it", [
    "Un invio ha usato 15,5 crediti di sms-1: il saldo è passato da 60 a 44,5.",
    "Una ricarica era già in corso dal giorno 2 novembre 2026 alle ore 10:01:00 (ordine #1): per un account ce n’è una sola alla volta, quindi non ne è partita un’altra.",
  ]);
  expectLetter(told, "en", [
    "A recharge had been under way since 2 November 2026 at 10:01:00 (order #1): an account has only one at a time, so no other one began.",
  ]);
});
