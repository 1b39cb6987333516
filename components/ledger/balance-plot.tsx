import { type Mark, plotGeometry, type PlotDay, type PlotSize } from "./plot-geometry";
import { MarkShape } from "./mark-shape";

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
 * The balance of each day, drawn on the server. Two drawings, of which the style sheet shows the one that fits, so that
 * the letters have their size on a phone as well.
 */
export function BalancePlot(props: {
  days: readonly PlotDay[];
  threshold: string | null;
  labels: PlotLabels;
}) {
  return (
    <>
      <Drawing {...props} size={WIDE} className="hidden sm:block" />
      <Drawing {...props} size={NARROW} className="sm:hidden" />
    </>
  );
}

function Drawing(props: {
  days: readonly PlotDay[];
  threshold: string | null;
  labels: PlotLabels;
  size: PlotSize;
  className: string;
}) {
  const { size, labels } = props;
  const plot = plotGeometry(props.days, props.threshold, size);
  const text = "fill-ink-3 text-[13px] tabular-nums";
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={labels.summary}
      className={`h-auto w-full ${props.className}`}
    >
      {plot.rows.map((row) => (
        <g key={row.credits}>
          <line
            x1={size.left}
            x2={size.width - size.right}
            y1={row.y}
            y2={row.y}
            className="stroke-plot-grid"
          />
          <text x={size.left - 8} y={row.y + 4} textAnchor="end" className={text}>
            {labels.credits(row.credits)}
          </text>
        </g>
      ))}
      {plot.columns.map((column) => (
        <text key={column.day} x={column.x} y={size.height - 6} textAnchor={column.anchor} className={text}>
          {labels.shortDay(column.day)}
        </text>
      ))}
      <path d={plot.area} className="fill-plot opacity-10" />
      {plot.threshold === null ? null : (
        <line
          x1={size.left}
          x2={size.width - size.right}
          y1={plot.threshold.y}
          y2={plot.threshold.y}
          strokeDasharray="3 4"
          className="stroke-ink-3"
        />
      )}
      <path d={plot.line} strokeWidth="1.75" strokeLinejoin="round" className="fill-none stroke-plot" />
      {plot.marks.map((mark) => (
        <g key={`${mark.kind} ${mark.day.day}`} transform={`translate(${mark.x} ${mark.y})`}>
          <title>{labels.mark(mark)}</title>
          <MarkShape kind={mark.kind} />
        </g>
      ))}
      {plot.threshold === null || labels.threshold === null ? null : (
        <text
          x={plot.threshold.labelX}
          y={plot.threshold.labelY}
          textAnchor={plot.threshold.anchor}
          strokeWidth="4"
          strokeLinejoin="round"
          className="fill-ink-2 stroke-card text-[13px] font-semibold tabular-nums [paint-order:stroke]"
        >
          {labels.threshold}
        </text>
      )}
    </svg>
  );
}
