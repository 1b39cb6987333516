import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { choosePaymentMethod } from "@/lib/recharge/method-service";
import { DECLINE } from "@/lib/recharge/decline.testing";
import { MINUTE_MS, rule, runUntilIdle, spend } from "@/lib/recharge/recharge.testing";
import { valueOf } from "@/lib/failure";
import { after, aRuledStory, aStory, chain, expectLetter, Inquiry, letter } from "./explain.testing";

/*
 * Six of ten histories, about purchases, made by the product's own verbs, each asked about as support asks. Every story begins on 2 November
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

test("1. bought", async () => {
  const fixture = await aRuledStory(database);
  await spend(fixture, "40");
  await after(fixture, 2000);
  const told = await inquiry.ask(fixture, { sequence: "2" });
  expect(told.state).toMatchObject({
    balance: "60",
    sequence: "2",
    rule: "on",
    threshold: "60",
    quantity: 100,
    version: 1,
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
  const order = told.state.orderId ?? (await inquiry.ask(fixture, { sequence: "3" })).state.orderId;
  for (const asked of [
    { sequence: "3" },
    { orderId: order ?? "" },
    { at: new Date("2026-11-02T09:01:01Z") },
  ]) {
    const again = await inquiry.ask(fixture, asked);
    expect([again.verdict.key, chain(again)]).toEqual(["charged", chain(told)]);
  }
});

test("2. declined and retried", async () => {
  const fixture = await aRuledStory(database, DECLINE);
  await spend(fixture, "40");
  await runUntilIdle(fixture);
  await after(fixture, 61_000);
  const told = await inquiry.ask(fixture, { at: new Date("2026-11-02T09:01:30Z") });
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
    const fixture = await aRuledStory(database, "decline:expired_card");
    await spend(fixture, "40");
    await runUntilIdle(fixture);
    await after(fixture, 10 * MINUTE_MS);
    await spend(fixture, "10");
    const held = await inquiry.ask(fixture, { sequence: "3" });
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
    await after(fixture, MINUTE_MS);
    valueOf(
      await choosePaymentMethod(fixture.customer, fixture.key.customerId, { token: "sandbox_mastercard" }),
    );
    await after(fixture, 1000);
    expect(chain(await inquiry.ask(fixture, { sequence: "3" })).at(-1)).toBe("10:12:00 resumed_method");
    const bought = await inquiry.ask(fixture, { sequence: "4" });
    expect(bought.verdict.key).toBe("charged");
    expect(chain(bought).slice(0, 3)).toEqual([
      "10:12:00 resumed_method",
      "10:12:00 due",
      "10:12:01 claimed",
    ]);
  });

  test("after four declines, and asked about by the line of the log", async () => {
    const fixture = await aRuledStory(database, DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(fixture, "40");
    for (const minutes of [0, 1, 2, 4]) await after(fixture, minutes * MINUTE_MS);
    const [line] = await database.sql<{ id: string }[]>`
      select decision_id::text as id from decisions
      where customer_id = ${fixture.key.customerId} and outcome = 'suspended'`;
    const told = await inquiry.ask(fixture, { decisionId: line?.id ?? "" });
    expect(told.verdict.key).toBe("not_charged");
    expect(chain(told).filter((step) => step.endsWith(" declined"))).toHaveLength(3);
    expectLetter(told, "en", [
      "The bank declined attempt 4 too (code insufficient_funds): the rule was suspended, and nothing more is tried until the payment method changes or a purchase succeeds.",
    ]);
  });
});

test("8. need of several quantities", async () => {
  const fixture = await aStory(database, "400");
  await rule(fixture, "250", "100");
  await after(fixture, MINUTE_MS);
  await spend(fixture, "400");
  const before = await inquiry.ask(fixture, { at: new Date("2026-11-02T09:00:59Z") });
  expect(before.state).toMatchObject({ balance: "400", rule: "on", payment: null, price: { quantity: 100 } });
  expect(letter(before, "it")).toEqual([
    "Non è stato addebitato nulla.",
    "2 novembre 2026 alle ore 10:00:59: Il saldo di sms-1, 400, era sopra la soglia di 250: la regola acquista 100 crediti quando il saldo è alla soglia o sotto, quindi non c’era nulla da acquistare.",
  ]);
  await after(fixture, 1000);
  const told = await inquiry.ask(fixture, { sequence: "2" });
  expect(told.state.price).toMatchObject({ quantity: 300 });
  expectLetter(told, "it", [
    "Una quantità di 100 crediti non bastava a superare la soglia, quindi ne sono stati ordinati 300 con un solo pagamento (ordine #1): 12,41 € + IVA, 15,14 € in tutto.",
  ]);
  expectLetter(told, "en", [
    "A quantity of 100 credits did not lift the balance above the threshold, so 300 were ordered with a single payment (order #1): €12.41 + VAT, €15.14 in all.",
  ]);
});

test("9. unknown payment", async () => {
  const fixture = await aRuledStory(database, "time_out_after");
  const engine = { ...fixture.engine, gatewayTimeoutMs: 50 };
  await spend(fixture, "40");
  await runUntilIdle({ ...fixture, engine });
  const told = await inquiry.ask(fixture, { sequence: "2" });
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
  await after(fixture, 5000);
  const known = await inquiry.ask(fixture, { sequence: "2" });
  expect(known.verdict.key).toBe("charged");
  expect(chain(known).slice(-3)).toEqual(["10:01:00 unknown", "10:01:05 paid", "10:01:05 credited"]);
});

test("10. one already open", async () => {
  const fixture = await aRuledStory(database, DECLINE);
  await spend(fixture, "40");
  await runUntilIdle(fixture);
  await after(fixture, 20_000);
  await spend(fixture, "15.5");
  await after(fixture, 50_000);
  const told = await inquiry.ask(fixture, { sequence: "3" });
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
