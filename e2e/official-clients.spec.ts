import { expect } from "playwright/test";
import { anSmsAccount } from "../db/testing-rows";
import { anApiKey, runApiKey } from "./api-key";
import { CLIENTS, test } from "./official-client";

for (const name of CLIENTS) {
  test.describe(`${name}, unmodified, over TLS`, () => {
    test("reads time, accounts and the rule, changes the rule and turns it off", async ({
      makeCustomer,
      startClient,
    }) => {
      const { customerId, serviceName } = await makeCustomer({ balance: 100 });
      const keys = await anApiKey(customerId);
      const call = startClient(name);
      const path = `/sms/${serviceName}`;
      const rule = { automaticRecreditAmount: 250, creditThresholdForAutomaticRecredit: 60.5 };

      const time = await call(keys, "GET", "/auth/time");
      expect(time).toEqual({ ok: true, answer: expect.any(Number), warnings: [] });
      expect(await call(keys, "GET", "/sms")).toMatchObject({ ok: true, answer: [serviceName] });
      expect(await call(keys, "GET", "/sms/")).toMatchObject({ ok: true, answer: [serviceName] });
      expect(await call(keys, "GET", path)).toMatchObject({
        answer: { name: serviceName, creditsLeft: 100, automaticRecreditAmount: null },
      });
      expect(await call(keys, "PUT", path, rule)).toMatchObject({ ok: true, answer: null });
      expect(await call(keys, "GET", path)).toMatchObject({ answer: rule });

      // These clients leave a null out of the body: they are told what says the same, and it does.
      expect(await call(keys, "PUT", path, { automaticRecreditAmount: null })).toMatchObject({
        ok: false,
        status: 400,
        message: expect.stringContaining("automaticRecreditAmount 0"),
      });
      expect(await call(keys, "GET", path)).toMatchObject({ answer: rule });
      expect(await call(keys, "PUT", path, { automaticRecreditAmount: 0 })).toMatchObject({ ok: true });
      expect(await call(keys, "GET", path)).toMatchObject({
        answer: { automaticRecreditAmount: null, creditThresholdForAutomaticRecredit: null },
      });
    });

    test("transfers credits, estimates, sends, reads rates and prices, and orders", async ({
      pool,
      makeCustomer,
      startClient,
    }) => {
      const { customerId, serviceName } = await makeCustomer({ balance: 100 });
      const { serviceName: smsAccountTarget } = await anSmsAccount(pool.db, { customerId });
      const keys = await anApiKey(customerId);
      const call = startClient(name);
      const path = `/sms/${serviceName}`;

      const transfer = { credits: 10.125, smsAccountTarget };
      expect(await call(keys, "POST", `${path}/transferCredits`, transfer)).toEqual({
        ok: true,
        answer: null,
        warnings: [],
      });
      expect(await call(keys, "GET", `/sms/${smsAccountTarget}`)).toMatchObject({
        answer: { creditsLeft: 10.125 },
      });

      const message = "Perché <ora> & subito € 😀";
      const counted = { message, noStopClause: true, senderType: "alpha" };
      expect(await call(keys, "POST", "/sms/estimate", counted)).toMatchObject({
        answer: { charactersClass: "unicode", maxCharactersPerPart: 70, parts: 1 },
      });
      const job = { message, receivers: ["+393331234567", "0033612345678", "12"], tag: "clienti e negozi" };
      const sent = await call(keys, "POST", `${path}/jobs`, job);
      expect(sent).toMatchObject({
        answer: {
          validReceivers: ["+393331234567", "+33612345678"],
          invalidReceivers: ["12"],
          tag: "clienti e negozi",
        },
      });
      const { ids } = (sent.ok ? sent.answer : null) as { ids: number[] };
      expect(await call(keys, "GET", `${path}/outgoing`, { tag: "clienti e negozi" })).toMatchObject({
        answer: ids,
      });
      expect(await call(keys, "GET", `${path}/outgoing/${String(ids[0])}`)).toMatchObject({
        answer: { receiver: "+393331234567", message, credits: 0.7 },
      });

      const countries = { country: "it", billingCountry: "it" };
      expect(await call(keys, "GET", "/sms/rates/destinations", countries)).toMatchObject({
        answer: { country: "it", countryCode: "39", credit: 0.7 },
      });
      const tiers = await call(keys, "GET", "/sms/rates/packs", countries);
      expect(tiers).toMatchObject({ ok: true });
      expect(tiers.ok && (tiers.answer as object[])[0]).toMatchObject({ creditQuantityMin: 100 });

      const order = `/order${path}/credits`;
      const prices = { withoutTax: { value: 4.2, currencyCode: "EUR" }, withTax: { value: 5.12 } };
      expect(await call(keys, "GET", order, { quantity: 100 })).toMatchObject({
        answer: { prices, orderId: null },
      });
      const before = await call(keys, "GET", path);
      const left = (before.ok ? before.answer : null) as { creditsLeft: number };
      expect(await call(keys, "POST", order, { quantity: 100 })).toMatchObject({
        answer: { prices, orderId: expect.any(Number) },
      });
      await expect
        .poll(() => call(keys, "GET", path), { timeout: 15_000 })
        .toMatchObject({ answer: { creditsLeft: left.creditsLeft + 100 } });
    });

    test("is told each kind of error by its status and its words", async ({ makeCustomer, startClient }) => {
      const { customerId, serviceName } = await makeCustomer({ balance: 5 });
      const { serviceName: foreign } = await makeCustomer({ balance: 5 });
      const [keys, readOnly] = await Promise.all([
        anApiKey(customerId),
        anApiKey(customerId, "GET /sms", "GET /auth/*"),
      ]);
      const call = startClient(name);
      const path = `/sms/${serviceName}`;
      const transfer = `${path}/transferCredits`;
      const refusal = (status: number, message: string) => ({ ok: false, status, message });

      const wrongSecret = { ...keys, appSecret: readOnly.appSecret };
      expect(await call(wrongSecret, "GET", "/sms")).toEqual(refusal(400, "Invalid signature"));
      const late = { ...keys, apiTimeDiff: -45 };
      expect(await call(late, "GET", "/sms")).toEqual(refusal(400, "Query out of time"));
      expect(await call(keys, "POST", transfer, { credits: -1, smsAccountTarget: "x" })).toEqual(
        refusal(400, "Invalid parameter credits: a number of credits above 0, with at most three decimals"),
      );
      const { consumerKey: _, ...unsigned } = keys;
      expect(await call(unsigned, "GET", "/sms")).toEqual(refusal(401, "You must login first"));
      const unknownApplication = { ...keys, appKey: "0000000000000000" };
      expect(await call(unknownApplication, "GET", "/sms")).toEqual(refusal(403, "Invalid application key"));
      const unknownKey = { ...keys, consumerKey: "0".repeat(32) };
      expect(await call(unknownKey, "GET", "/sms")).toEqual(refusal(403, "This credential does not exist"));
      expect(await call(readOnly, "GET", path)).toEqual(refusal(403, "This call has not been granted"));
      expect(await call(keys, "GET", `/sms/${foreign}`)).toEqual(refusal(404, "This service does not exist"));
      const toForeign = { credits: 1, smsAccountTarget: foreign };
      expect(await call(keys, "POST", transfer, toForeign)).toEqual(
        refusal(404, "This service does not exist"),
      );
      expect(await call(keys, "GET", "/sms/x/nothing")).toEqual(refusal(404, "This call does not exist"));
      expect(await call(keys, "DELETE", path)).toMatchObject({ ok: false, status: 405 });
      const receivers = ["+393331234567", "+393331234568"].concat(
        Array.from({ length: 8 }, (_each, index) => `+39333123457${index.toString()}`),
      );
      expect(await call(keys, "POST", `${path}/jobs`, { message: "Ciao", receivers })).toEqual(
        refusal(409, "Not enough credits: 5 left, 7 asked for"),
      );
      const tooLarge = { message: "Ciao", receivers, tag: "x".repeat(1024 * 1024) };
      expect(await call(keys, "POST", `${path}/jobs`, tooLarge)).toEqual(
        refusal(413, "The body is larger than 1 MiB"),
      );

      // A key that nobody has allowed yet, asked for as programs ask for it.
      const accessRules = [{ method: "GET", path: "/sms" }];
      const asked = await call(unsigned, "POST", "/auth/credential", { accessRules });
      expect(asked).toMatchObject({ answer: { state: "pendingValidation" } });
      const { consumerKey } = (asked.ok ? asked.answer : null) as { consumerKey: string };
      expect(await call({ ...keys, consumerKey }, "GET", "/sms")).toEqual(
        refusal(403, "This credential is not valid"),
      );
    });

    test("finds its calls in the description that it loads", async ({ makeCustomer, startClient }) => {
      const { customerId, serviceName } = await makeCustomer();
      const keys = { ...(await anApiKey(customerId)), apis: ["sms", "order"] };
      const call = startClient(name);
      expect(await call(keys, "GET", `/sms/${serviceName}`)).toMatchObject({ ok: true, warnings: [] });
      const quantity = { quantity: 100 };
      expect(await call(keys, "GET", `/order/sms/${serviceName}/credits`, quantity)).toMatchObject({
        ok: true,
        warnings: [],
      });
    });
  });
}

test("the command for keys prints one JSON object and nothing else, and says on stderr what is wrong", async ({
  makeCustomer,
}) => {
  const { customerId } = await makeCustomer();
  const ran = await runApiKey("--customer", customerId, "--rule", "GET /sms", "--rule", "put /sms/*");
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/^\{[^\n]*\}\n$/);
  expect(JSON.parse(ran.stdout)).toEqual({
    applicationKey: expect.stringMatching(/^\w{16}$/),
    applicationSecret: expect.stringMatching(/^\w{32}$/),
    consumerKey: expect.stringMatching(/^\w{32}$/),
  });
  const wrong: [string[], string][] = [
    [["--customer", "nobody-ovh"], 'There is no customer "nobody-ovh".'],
    [["--customer", customerId, "--rule", "HEAD /sms"], '"HEAD /sms" is no rule'],
    [["--customer", customerId, "--ruel", "GET /sms"], "--ruel"],
    [[], "Usage:"],
  ];
  const refused = await Promise.all(
    wrong.map(async ([words, text]) => ({ ...(await runApiKey(...words)), text })),
  );
  for (const { code, stdout, stderr, text } of refused) {
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});
