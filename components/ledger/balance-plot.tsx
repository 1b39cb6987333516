import { type Mark, plotGeometry, type PlotDay, type PlotSize } from "./plot-geometry";
import { type Drawing, PlotDrawing } from "./plot-drawing";

export type PlotLabels = {
  /** Said instead of the drawing to those who do not see it. */
  readonly summary: string;
  readonly threshold: string | null;
  readonly credits: (credits: number) => string;
  readonly shortDay: (day: string) => string;
  readonly mark: (mark: Mark) => string;
};

const WIDE: PlotSize = {
  width: 880,
  height: 260,
  left: 44,
  right: 8,
  top: 12,
  bottom: 28,
  rows: 5,
  columns: 5,
};
const NARROW: PlotSize = {
  width: 330,
  height: 220,
  left: 38,
  right: 6,
  top: 12,
  bottom: 26,
  rows: 4,
  columns: 3,
};

/**
 * The balance of each day, laid out on the server. Two drawings, of which the style sheet shows the one that fits, so that
 * the letters have their size on a phone as well.
 */
export function BalancePlot({
  days,
  threshold,
  labels,
}: {
  days: readonly PlotDay[];
  threshold: string | null;
  labels: PlotLabels;
}) {
  const drawingOf = (size: PlotSize): Drawing => {
    const { rows, columns, marks, ...plot } = plotGeometry(days, threshold, size);
    const { width, height, left, right } = size;
    return {
      ...plot,
      width,
      height,
      left,
      right: width - right,
      rows: rows.map(({ y, credits }) => ({ y, text: labels.credits(credits) })),
      columns: columns.map(({ x, anchor, day }) => ({ x, anchor, text: labels.shortDay(day) })),
      marks: marks.map(({ x, y }) => [x, y]),
    };
  };
  const { marks } = plotGeometry(days, threshold, WIDE);
  return (
    <PlotDrawing
      wide={drawingOf(WIDE)}
      narrow={drawingOf(NARROW)}
      label={labels.summary}
      thresholdText={labels.threshold}
      marks={marks.map((mark) => ({ kind: mark.kind, text: labels.mark(mark) }))}
    />
  );
}
