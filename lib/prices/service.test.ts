import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { messageRecipients, messages } from "@/db/schema/messages";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { ratesOn, tiersOn } from "@/lib/rates/service";
import { tierFor } from "@/lib/rates/rules";
import { loadPriceLists, readPriceFiles } from "@/lib/rates/load";
import { exportPrices, importPrices, showPrices } from "./service";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const D = "country,calling_code,price_list,valid_from,credits,source";
const P = "price_list,valid_from,quantity_min,quantity_max_excluded,unit_price_micros,source";

let context: Context;
beforeEach(() => {
  context = { caller: { kind: "system", name: "test" }, db: base.owner.db, now: () => new Date() };
});

async function problemsOf(text: string) {
  const result = await importPrices(context, bytes(text));
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.kind === "refused"
    ? result.value.problems.map(({ line, code }) => ({ line, code }))
    : [];
}

describe("an import", () => {
  test("holds from its date on, and not a day earlier", async () => {
    expect(await problemsOf(`${D}\nPT,351,it,2031-05-01,1.234,published\n`)).toEqual([]);
    const [before, after] = await Promise.all([
      ratesOn(context, "it", "2031-04-30"),
      ratesOn(context, "it", "2031-05-01"),
    ]);
    expect(after.get("PT")?.credits).toBe(1234n);
    expect(before.get("PT")?.credits).not.toBe(1234n);
    expect(after.size).toBe(before.size);
  });

  test("of tiers replaces all tiers of its list and date, and no others", async () => {
    const set = (row: string) => `${P}\n${row}\n`;
    await problemsOf(`${P}\nit,2032-01-01,100,300,40000,x\nit,2032-01-01,300,,39000,x\n`);
    await problemsOf(set("it,2032-01-01,100,,38000,y"));
    const tiers = await tiersOn(context, "it", "2032-06-01");
    expect(tiers.map(({ quantityMin, unitPrice }) => [quantityMin, unitPrice])).toEqual([[100, 38_000n]]);
    expect((await tiersOn(context, "it", "2031-12-31")).length).toBe(12);
    expect((await tiersOn(context, "fr", "2032-06-01")).length).toBe(12);
  });

  test("with one mistake writes nothing at all", async () => {
    const text = `${D}\nPT,351,fr,2033-01-01,5,x\nZZ,1,fr,2033-01-01,5,x\n`;
    expect(await problemsOf(text)).toEqual([{ line: 3, code: "unknown_country" }]);
    expect((await ratesOn(context, "fr", "2033-01-01")).get("PT")?.credits).not.toBe(5000n);
  });

  test("tells how many rows were there already, and of the same file again that all were", async () => {
    const file = bytes(`${D}\nGR,30,fr,2034-01-01,2.5,x\nCY,357,fr,2034-01-01,2.5,x\n`);
    await importPrices(context, file);
    expect(await importPrices(context, file)).toEqual({
      ok: true,
      value: { kind: "imported", list: "destinations", rows: 2, unchanged: 2, dates: ["2034-01-01"] },
    });
  });

  test("is for the operator's commands only", async () => {
    const caller = { kind: "support", userId: "u", right: "support" } as const;
    expect(await importPrices({ ...context, caller }, bytes(`${D}\n`))).toMatchObject({ ok: false });
  });

  test("cannot be made with the rights of the application", async () => {
    const application = { ...context, db: base.db };
    const file = bytes(`${D}\nPT,351,it,2035-05-01,1.2,published\n`);
    await expect(importPrices(application, file)).rejects.toThrow();
  });

  test("two at once stand one after the other", async () => {
    const file = (micros: number) => bytes(`${P}\nfr,2036-01-01,100,,${micros},x\n`);
    await Promise.all([50_000, 49_000, 48_000].map((micros) => importPrices(context, file(micros))));
    expect(await tiersOn(context, "fr", "2036-01-01")).toHaveLength(1);
  });
});

describe("what was charged stays", () => {
  const sentAt = new Date("2028-03-10T23:30:00Z"); // The 11th in Rome.

  beforeAll(async () => {
    const { customerId, serviceName } = await anSmsAccount(base.db);
    const messageId = crypto.randomUUID();
    await base.db.insert(messages).values({
      customerId,
      messageId,
      serviceName,
      text: "Ciao",
      encoding: "gsm7",
      characters: 4,
      partsEach: 1,
      recipientCount: 1,
      creditThousandths: 700n,
      sentBy: "test",
      idempotencyKey: messageId,
      requestHash: "test",
      sentAt,
    });
    await base.db.insert(messageRecipients).values({
      customerId,
      messageId,
      position: 1,
      number: "+393331234567",
      country: "IT",
      rateThousandths: 700n,
      creditThousandths: 700n,
    });
  });

  test("a rate from the day of a message, in its customer's time zone, is refused", async () => {
    expect(await problemsOf(`${D}\nIT,39,it,2028-03-11,0.9,x\n`)).toEqual([
      { line: 2, code: "changes_the_past" },
    ]);
    expect((await ratesOn(context, "it", "2028-03-11")).get("IT")?.credits).toBe(700n);
  });

  test("from the day after, it is taken", async () => {
    expect(await problemsOf(`${D}\nIT,39,it,2028-03-12,0.9,x\n`)).toEqual([]);
  });

  test("an earlier date of a country that had no messages since is taken", async () => {
    expect(await problemsOf(`${D}\nPT,351,it,2027-01-01,0.9,x\n`)).toEqual([]);
  });
});

test("an exported list can be imported again and changes nothing", async () => {
  for (const list of ["destinations", "packs"] as const) {
    const text = await exportPrices(context, list);
    const result = await importPrices(context, bytes(text));
    if (!result.ok || result.value.kind === "refused") throw new Error(JSON.stringify(result));
    expect(result.value.unchanged).toBe(result.value.rows);
    expect(await exportPrices(context, list)).toBe(text);
  }
});

test("the product's own files have the form of an export", async () => {
  const { rates, tiers } = await readPriceFiles();
  for (const text of [rates, tiers]) {
    const result = await importPrices(context, bytes(text));
    expect(result).toMatchObject({ ok: true, value: { kind: "imported" } });
  }
});

test("what holds on a day is shown for every list", async () => {
  const shown = await showPrices(context, "2026-11-01");
  expect(shown.map(({ list }) => list.priceList)).toEqual(["fr", "it"]);
  for (const { tiers, rates } of shown) {
    expect(rates).toHaveLength(207);
    expect(tierFor(tiers, 100)?.source).toBe("published");
  }
});

test("what an operator imported for a date of the shipped lists outlives the next start", async () => {
  await problemsOf(`${D}\nMT,356,fr,2026-10-01,9.999,our contract\n`);
  await problemsOf(`${P}\nfr,2026-10-01,100,,44444,our contract\n`);
  await loadPriceLists(base.owner.db);
  expect((await ratesOn(context, "fr", "2026-11-01")).get("MT")?.credits).toBe(9999n);
  expect(await tiersOn(context, "fr", "2026-11-01")).toHaveLength(1);
  await loadPriceLists(base.owner.db);
});
