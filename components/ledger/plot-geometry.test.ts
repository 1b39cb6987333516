import { expect, test } from "vitest";
import { plotGeometry, type PlotDay } from "./plot-geometry";

const SIZE = { width: 100, height: 100, left: 0, right: 0, top: 10, bottom: 10, rows: 2, columns: 2 };

const aDay = (day: string, given: Partial<PlotDay> = {}): PlotDay => ({
  day,
  balance: "50",
  recharges: 0,
  recharged: "0",
  purchases: 0,
  purchased: "0",
  ...given,
});

test("recharges and packs bought by hand have marks of their own, one above the other on a day of both", () => {
  const { marks } = plotGeometry(
    [
      aDay("2026-11-01"),
      aDay("2026-11-02", { recharges: 2, recharged: "200" }),
      aDay("2026-11-03", { purchases: 1, purchased: "100" }),
      aDay("2026-11-04", { recharges: 1, recharged: "100", purchases: 3, purchased: "300" }),
    ],
    null,
    SIZE,
  );
  expect(marks.map(({ kind, day }) => [kind, day.day])).toEqual([
    ["recharge", "2026-11-02"],
    ["purchase", "2026-11-03"],
    ["recharge", "2026-11-04"],
    ["purchase", "2026-11-04"],
  ]);
  const [, alone, below, above] = marks;
  expect(alone?.y).toBe(below?.y);
  expect((below?.y ?? 0) - (above?.y ?? 0)).toBeGreaterThanOrEqual(10);
});
