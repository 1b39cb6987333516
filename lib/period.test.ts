import { expect, test } from "vitest";
import { FIRST_DAY, LAST_DAY } from "./day";
import { instantsOf, periodProblem, readPeriod } from "./period";

test("is read from an address as it was typed", () => {
  expect(readPeriod({ from: ["2026-11-01", "2026-11-02"], to: "9".repeat(30) })).toEqual({
    from: "2026-11-01",
    to: "9".repeat(20),
  });
  expect(readPeriod({})).toEqual({ from: "", to: "" });
});

test("goes from the start of its first day to the end of its last", () => {
  expect(instantsOf({ from: "2026-11-01", to: "2026-11-02" }, "Europe/Rome")).toEqual({
    from: new Date("2026-10-31T23:00:00Z"),
    to: new Date("2026-11-02T23:00:00Z"),
  });
  expect(instantsOf({ from: "", to: "" }, "Europe/Rome")).toEqual({});
});

test("has instants as long as nothing is wrong with it, to the first and the last day that is read", () => {
  for (const zone of ["Pacific/Auckland", "America/Los_Angeles"]) {
    for (const period of [
      { from: FIRST_DAY, to: FIRST_DAY },
      { from: LAST_DAY, to: LAST_DAY },
    ]) {
      expect(periodProblem(period)).toBeNull();
      const { from, to } = instantsOf(period, zone);
      expect(Number(to) - Number(from)).toBe(86_400_000);
    }
  }
});

test.each([
  ["0026-11-01", "", { field: "from", problem: "day" }],
  ["1999-12-31", "", { field: "from", problem: "day" }],
  ["2026-13-01", "2026-11-01", { field: "from", problem: "day" }],
  ["", "9999-12-31", { field: "to", problem: "day" }],
  ["", "2101-01-01", { field: "to", problem: "day" }],
  ["2026-11-02", "2026-11-01", { field: "to", problem: "order" }],
])("from %j to %j is none", (from, to, problem) => {
  expect(periodProblem({ from, to })).toEqual(problem);
});
