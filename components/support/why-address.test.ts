import { expect, test } from "vitest";
import { askedAbout } from "./why-address";

const NOW = new Date("2026-11-24T10:00:00Z");
const asked = (query: Record<string, string | string[]>) => askedAbout(query, "Europe/Rome", NOW);

test.each([
  [{}, { at: NOW }],
  [{ movement: "12" }, { sequence: "12" }],
  [{ order: "100001", at: "2026-11-24T10:00" }, { orderId: "100001" }],
  [{ decision: "7" }, { decisionId: "7" }],
  [{ at: "2026-11-24T09:30:15.250Z" }, { at: new Date("2026-11-24T09:30:15.250Z") }],
  [{ at: ["2026-11-24T09:30:00+01:00"] }, { at: new Date("2026-11-24T08:30:00Z") }],
])("%j", (query, expected) => {
  expect(asked(query)).toEqual(expected);
});

test("a minute from the field is all of it, by the customer's clocks", () => {
  expect(asked({ at: "2026-11-24T10:48" })).toEqual({
    since: new Date("2026-11-24T09:48:00.000Z"),
    at: new Date("2026-11-24T09:48:59.999Z"),
  });
});

test.each([
  "yesterday",
  "2026-13-01T10:00",
  "2026-11-24",
  "2026-11-24T99:00:00Z",
  "0026-11-24T09:30",
  "0026-11-24T09:30:00Z",
])("%s is none", (at) => {
  expect(asked({ at })).toBeNull();
});
