import { describe, expect, test } from "vitest";
import { countParts } from "@/lib/messages/parts";
import { readRecipients } from "@/lib/messages/recipients";
import { AMERICAN, FRENCH, ITALIAN } from "./numbers";
import { BOOKSHOP, sendsOf, SHOP, SURGERY } from "./rhythm";

const days = { from: "2026-08-24", to: "2026-11-22", timeZone: "Europe/Rome" };
const rhythms = [
  ["the surgery", SURGERY],
  ["the shop", SHOP],
  ["the bookshop", BOOKSHOP],
] as const;

describe.each(rhythms)("%s", (_name, rhythm) => {
  test("sends the same each time, in order", () => {
    const sends = sendsOf("sms-demo-1", rhythm, 7, days);
    expect(sendsOf("sms-demo-1", rhythm, 7, days)).toEqual(sends);
    expect(sends.length).toBeGreaterThan(100);
    const times = sends.map((one) => one.at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test("sends texts of one to three parts to valid numbers, each once", () => {
    for (const { text, recipients } of sendsOf("sms-demo-1", rhythm, 7, days)) {
      expect(countParts(text).parts).toBeGreaterThan(0);
      expect(countParts(text).parts).toBeLessThan(4);
      expect(readRecipients(recipients)).toMatchObject({ invalid: [], repeated: 0 });
    }
  });
});

test("the surgery rests on Sundays and sends most on working days", () => {
  const byDay = [0, 0, 0, 0, 0, 0, 0];
  for (const { at, recipients } of sendsOf("sms-demo-1", SURGERY, 7, days)) {
    const weekday = at.getUTCDay();
    byDay[weekday] = (byDay[weekday] ?? 0) + recipients.length;
  }
  expect(byDay[0]).toBe(0);
  expect(byDay[6]).toBeLessThan((byDay[3] ?? 0) / 3);
});

test("nobody's number is in the demo: Italian ones are too short for their prefix, others are kept for fiction", () => {
  for (let index = 0; index < 600; index += 1) {
    expect(ITALIAN(index)).toMatch(/^\+39399\d{6}$/);
    expect(FRENCH(index)).toMatch(/^\+3360000\d{4}$/);
    expect(AMERICAN(index)).toMatch(/^\+121255501\d{2}$/);
  }
});
