import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

/** One day of the plot. Amounts are printed credits. */
export type PlotDay = {
  readonly day: string;
  readonly balance: string;
  readonly recharges: number;
  readonly recharged: string;
  readonly purchases: number;
  readonly purchased: string;
};

/** What a mark of the plot stands for: a recharge of the rule, or a pack bought by hand. */
export type MarkKind = "recharge" | "purchase";

export type Mark = {
  readonly kind: MarkKind;
  readonly x: number;
  readonly y: number;
  readonly day: PlotDay;
};

const MARK_HEIGHT = 12;

export type PlotSize = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly rows: number;
  readonly columns: number;
};

export type PlotGeometry = {
  readonly line: string;
  /** Where the balance is nothing: the lower edge of the area below the line. */
  readonly base: number;
  readonly rows: readonly { readonly y: number; readonly credits: number }[];
  readonly columns: readonly {
    readonly x: number;
    readonly day: string;
    readonly anchor: "start" | "middle" | "end";
  }[];
  readonly marks: readonly Mark[];
  readonly threshold: {
    readonly y: number;
    readonly labelX: number;
    readonly labelY: number;
    readonly anchor: "start" | "end";
  } | null;
};

/**
 * Where everything of the plot stands, in the units of its view box. `days` has no gap and is oldest first.
 * Amounts become floating point numbers here, and here only, because a place on a screen is no amount.
 */
export function plotGeometry(
  days: readonly PlotDay[],
  threshold: string | null,
  size: PlotSize,
): PlotGeometry {
  const balances = days.map((day) => Number(day.balance));
  const limit = threshold === null ? null : Number(threshold);
  const x = scaleLinear([0, Math.max(1, days.length - 1)], [size.left, size.width - size.right]);
  const y = scaleLinear(
    [0, Math.max(1, ...balances, limit ?? 0) * 1.04],
    [size.height - size.bottom, size.top],
  );
  const xs = (index: number) => round(x(index));
  const ys = (credits: number) => round(y(credits));
  const drawLine = line<number>(
    (_, index) => xs(index),
    (credits) => ys(credits),
  );
  return {
    line: drawLine(balances) ?? "",
    base: ys(0),
    rows: y.ticks(size.rows).map((credits) => ({ y: ys(credits), credits })),
    columns: columnDays(days, size.columns).map(({ index, day }) => ({
      x: xs(index),
      day,
      anchor: index === days.length - 1 ? "end" : index === 0 ? "start" : "middle",
    })),
    marks: days.flatMap((day, index) => marksOf(day, xs(index), ys(Number(day.balance)))),
    threshold: limit === null ? null : thresholdLabel(balances, limit, ys(limit), size),
  };
}

/** On a day that has both, the one stands above the other. */
function marksOf(day: PlotDay, x: number, y: number): Mark[] {
  const marks: Mark[] = day.recharges === 0 ? [] : [{ kind: "recharge", x, y, day }];
  if (day.purchases > 0) marks.push({ kind: "purchase", x, y: y - marks.length * MARK_HEIGHT, day });
  return marks;
}

/** The label stands at that end of its line where the balance leaves it more room. */
function thresholdLabel(balances: readonly number[], limit: number, y: number, size: PlotSize) {
  const eighth = Math.max(1, Math.floor(balances.length / 8));
  const room = (part: readonly number[]) => Math.min(...part.map((balance) => Math.abs(balance - limit)));
  const atEnd = room(balances.slice(-eighth)) >= room(balances.slice(0, eighth));
  return {
    y,
    labelX: atEnd ? size.width - size.right : size.left + 6,
    labelY: y - 7 < size.top ? y + 16 : y - 7,
    anchor: atEnd ? ("end" as const) : ("start" as const),
  };
}

/** `count` days at equal distances, the last day among them. */
function columnDays(days: readonly PlotDay[], count: number): { index: number; day: string }[] {
  const step = Math.max(1, Math.floor((days.length - 1) / Math.max(1, count - 1)));
  const chosen: { index: number; day: string }[] = [];
  for (let index = days.length - 1; index >= 0 && chosen.length < count; index -= step) {
    const day = days[index];
    if (day !== undefined) chosen.unshift({ index, day: day.day });
  }
  return chosen;
}

const round = (value: number): number => Math.round(value * 10) / 10;
