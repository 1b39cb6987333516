import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { type Handover, HandoverKeyReused, HandoverUnknown } from "../carrier";
import { createSandboxCarrier } from "./carrier";
import { fateOf, receiptsBy, SANDBOX_ENDINGS } from "./rules";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const FINE = "+393990000001";
const ending = (digits: string) => `+39399000${digits}`;
const aHandover = (given: Partial<Handover> = {}): Handover => ({
  idempotencyKey: randomUUID(),
  sender: null,
  text: "ciao",
  numbers: [FINE],
  ...given,
});

const TAKEN_AT = new Date("2026-11-25T10:00:00Z");
const after = (ms: number) => new Date(TAKEN_AT.getTime() + ms);
const carrierAt = (now: Date) => createSandboxCarrier(database.db, { now: () => now });

test("a key is carried once, however often and however concurrently it is handed over", async () => {
  const handover = aHandover();
  await Promise.all(Array.from({ length: 16 }, () => carrierAt(TAKEN_AT).take(handover)));
  await carrierAt(after(60_000)).take(handover);
  const rows = await database.sql`
    select taken_at = ${TAKEN_AT.toISOString()}::timestamptz as is_first from sandbox_carrier.handovers where idempotency_key = ${handover.idempotencyKey}`;
  expect(rows).toEqual([{ is_first: true }]);
});

test("a key with another text, sender or number is refused", async () => {
  const handover = aHandover();
  await carrierAt(TAKEN_AT).take(handover);
  for (const other of [{ text: "addio" }, { sender: "Altro" }, { numbers: [FINE, ending("9901")] }]) {
    await expect(carrierAt(TAKEN_AT).take({ ...handover, ...other })).rejects.toThrow(HandoverKeyReused);
  }
});

test("a request that is lost has no effect, one whose answer is lost has", async () => {
  const lost = aHandover({ numbers: [FINE, ending("9906")] });
  await expect(carrierAt(TAKEN_AT).take(lost)).rejects.toThrow(HandoverUnknown);
  expect(await carrierAt(after(60_000)).receipts(lost.idempotencyKey, 0, 10)).toEqual([]);
  await carrierAt(TAKEN_AT).take(lost);
  expect(await carrierAt(after(60_000)).receipts(lost.idempotencyKey, 0, 10)).toHaveLength(2);

  const unheard = aHandover({ numbers: [ending("9907")] });
  await expect(carrierAt(TAKEN_AT).take(unheard)).rejects.toThrow(HandoverUnknown);
  expect(await carrierAt(after(60_000)).receipts(unheard.idempotencyKey, 0, 10)).toHaveLength(1);
  await carrierAt(TAKEN_AT).take(unheard);
});

test("receipts come in one after the other, each once and in its place, page by page", async () => {
  const numbers = [ending("9902"), FINE, ending("9904"), ending("9905"), ending("9901")];
  const handover = aHandover({ numbers });
  await carrierAt(TAKEN_AT).take(handover);
  const read = (ms: number, from: number, limit = 10) =>
    carrierAt(after(ms)).receipts(handover.idempotencyKey, from, limit);
  expect(await read(0, 0)).toEqual([]);
  const early = await read(5000, 0);
  expect(early.map(({ position }) => position).sort()).toEqual([2, 5]);
  expect(await read(5000, 2)).toEqual([]);
  expect(await read(60_000, 2)).toEqual([
    { position: 3, outcome: "delivered", code: null, receivedAt: after(15_000) },
    { position: 1, outcome: "undelivered", code: "unreachable", receivedAt: after(20_000) },
  ]);
  const paged = [...(await read(60_000, 0, 3)), ...(await read(60_000, 3, 3))];
  expect(paged).toEqual(receiptsBy(after(60_000), TAKEN_AT, numbers));
});

test.each(SANDBOX_ENDINGS)(
  "a number that ends in $ending fares as said: $behaviour",
  ({ ending: digits, fate }) => {
    expect(fateOf(ending(digits))).toEqual(fate);
  },
);

test("any other number is delivered within a second and four", () => {
  for (let index = 0; index < 500; index += 1) {
    const { outcome, afterMs } = fateOf(`+39399${String(index * 17).padStart(6, "0")}`);
    expect(outcome).toBe("delivered");
    expect(afterMs).toBeGreaterThanOrEqual(1000);
    expect(afterMs).toBeLessThan(4000);
  }
});
