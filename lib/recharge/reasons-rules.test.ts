import { expect, test } from "vitest";
import { AFTER_SUSPENSION, isLiftedBy, isSuspensionReason } from "./reasons-rules";

test("every suspension is lifted by another card and by a purchase that succeeds", () => {
  for (const reason of Object.keys(AFTER_SUSPENSION).filter(isSuspensionReason)) {
    expect([isLiftedBy(reason, "method_changed"), isLiftedBy(reason, "purchase_succeeded")]).toEqual([
      true,
      true,
    ]);
  }
});

test("a reason of a refusal alone, or a name that every object has, suspends nothing", () => {
  expect(Object.keys(AFTER_SUSPENSION).every(isSuspensionReason)).toBe(true);
  expect(["off", "no_price", "toString", ""].some(isSuspensionReason)).toBe(false);
});
