import { describe, expect, test } from "vitest";
import { wholeCredits } from "@/lib/credits";
import { NO_PAYMENT_METHOD } from "@/lib/orders/rules";
import { evaluateDecline, MAX_DECLINES, waitAfterDecline } from "./decline-rules";
import { NEVER_SET, type StandingRule } from "./rules";

const now = new Date("2026-11-02T09:00:00Z");
const standing: StandingRule = {
  ...NEVER_SET,
  rule: { enabled: true, threshold: wholeCredits(20), quantity: 100 },
  version: 3,
};
const decline = { code: "insufficient_funds", final: false, needsAuthentication: false, methodToken: "card" };
const usual = { standing, ruleVersion: 3, methodToken: "card" };
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test("the wait doubles: one, two, four minutes", () => {
  expect([1, 2, 3].map(waitAfterDecline)).toEqual([60_000, 120_000, 240_000]);
});

test("four declines in a row are the end", () => {
  const evaluated = [0, 1, 2, 3].map((declines) =>
    evaluateDecline(decline, { ...usual, standing: { ...standing, declines } }, now),
  );
  expect(evaluated).toEqual([
    { kind: "wait", declines: 1, retryAt: after(1) },
    { kind: "wait", declines: 2, retryAt: after(2) },
    { kind: "wait", declines: 3, retryAt: after(4) },
    { kind: "suspend", declines: MAX_DECLINES, reason: "payment_declined" },
  ]);
});

test.each([
  [{ ...decline, final: true, code: "expired_card" }, "declined_for_good"],
  [{ ...decline, needsAuthentication: true }, "needs_authentication"],
  [{ ...decline, code: NO_PAYMENT_METHOD }, "no_payment_method"],
])("a decline that no repeat can change suspends at once: %o", (hard, reason) => {
  expect(evaluateDecline(hard, usual, now)).toEqual({ kind: "suspend", declines: 1, reason });
});

describe("what happened while the gateway was asked", () => {
  test("turned off: the recharge ends, and nothing is tried again", () => {
    const off = { ...standing, rule: { enabled: false } as const, version: 4 };
    expect(evaluateDecline(decline, { ...usual, standing: off }, now)).toMatchObject({
      kind: "refuse",
      reason: "off",
    });
  });

  test("changed: the recharge ends, and the wait still holds for the next one", () => {
    const changed = { ...standing, version: 4 };
    expect(evaluateDecline(decline, { ...usual, standing: changed }, now)).toEqual({
      kind: "refuse",
      reason: "rule_changed",
      declines: 1,
      retryAt: after(1),
    });
  });

  test("another card: its turn is now, and the old one's decline, even a final one, does not count", () => {
    const hard = { ...decline, final: true };
    expect(evaluateDecline(hard, { ...usual, methodToken: "other card" }, now)).toEqual({
      kind: "wait",
      declines: 0,
      retryAt: now,
    });
  });
});
