import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { estimateByList } from "./estimate-service";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const estimate = (input: Record<string, unknown>) =>
  estimateByList(
    { db: base.db, now: () => new Date("2026-11-20T10:00:00Z") },
    { text: "Ciao", recipients: "", priceList: "it", ...input },
    "Europe/Rome",
  );

test("numbers and countries, by name in any language or by code, are each counted to their country", async () => {
  const result = await estimate({ recipients: "+39 333 123 4567\nItalia, Indie; FR\nGermania" });
  expect(result).toMatchObject({ ok: true, value: { unknown: [], notServed: [], repeated: 0 } });
  if (!result.ok) return;
  const counted = result.value.destinations.map(({ country, messages }) => [country, messages]);
  expect(Object.fromEntries(counted)).toEqual({ IT: 2, IN: 1, FR: 1, DE: 1 });
  expect(result.value.destinations.find(({ country }) => country === "IT")).toMatchObject({
    credits: "1.4",
    moneyMicros: "58800",
  });
});

test("each part is counted, and the pack decides the money", async () => {
  const result = await estimate({ text: "a".repeat(161), recipients: "IT", pack: 1000 });
  expect(result).toMatchObject({ ok: true, value: { total: "1.4", totalMicros: "55860" } });
});

test("what is repeated counts once, what is not understood and what is not served is named", async () => {
  const result = await estimate({
    recipients: "IT, italy, +393331234567, 0039 333 1234567, xyz, 12, Città del Vaticano",
  });
  expect(result).toMatchObject({
    ok: true,
    value: {
      repeated: 2,
      unknown: ["xyz", "12"],
      notServed: ["VA"],
      destinations: [{ country: "IT", messages: 2 }],
    },
  });
});

test("a landline costs nothing here either, as no message is sent to it unasked", async () => {
  const recipients = "+39 06 123 4567, +39 333 1234567 8, +39 333 1234567";
  const unknown = ["+39 06 123 4567", "+39 333 1234567 8"];
  expect(await estimate({ recipients })).toMatchObject({ ok: true, value: { total: "0.7", unknown } });
});

test("the day decides rates and prices, as on the page it stands on", async () => {
  await base.owner.sql`insert into destination_rates
    (price_list, country, calling_code, valid_from, credit_thousandths, source)
    values ('it', 'IT', '39', '2080-01-01', 900, 'our contract')`;
  expect(await estimate({ recipients: "IT" })).toMatchObject({ value: { total: "0.7" } });
  expect(await estimate({ recipients: "IT", date: "2080-01-01" })).toMatchObject({ value: { total: "0.9" } });
});

test("a body made by hand is refused", async () => {
  expect(await estimate({ date: "2026-02-30" })).toMatchObject({ ok: false });
  expect(await estimate({ recipients: ["IT"] })).toMatchObject({ ok: false });
  expect(await estimate({ priceList: "zz" })).toMatchObject({ ok: false, failure: { code: "not_found" } });
});

test("more than a page needs is not read at all", async () => {
  const most = "+393331234567,".repeat(71);
  expect(await estimate({ recipients: most })).toMatchObject({ ok: true });
  expect(await estimate({ recipients: `${most}+393331234567` })).toMatchObject({ ok: false });
  expect(await estimate({ recipients: "IT", text: "a".repeat(2001) })).toMatchObject({ ok: false });
});
