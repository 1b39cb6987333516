"use client";

import { MarkShape } from "./mark-shape";
import type { MarkKind, PlotGeometry } from "./plot-geometry";

/** Where everything of one drawing stands, with its texts. */
export type Drawing = Pick<PlotGeometry, "line" | "base" | "threshold"> & {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly rows: readonly { readonly y: number; readonly text: string }[];
  readonly columns: readonly {
    readonly x: number;
    readonly anchor: "start" | "middle" | "end";
    readonly text: string;
  }[];
  readonly marks: readonly (readonly [x: number, y: number])[];
};

type Texts = {
  readonly label: string;
  readonly thresholdText: string | null;
  readonly marks: readonly { readonly kind: MarkKind; readonly text: string }[];
};

/**
 * Draws what the server has laid out. A client component that does nothing in the browser: so that two lists of points travel
 * with the page, and not each line and letter of two drawings.
 */
export function PlotDrawing({ wide, narrow, ...texts }: Texts & { wide: Drawing; narrow: Drawing }) {
  return (
    <>
      <Svg drawing={wide} {...texts} className="hidden sm:block" />
      <Svg drawing={narrow} {...texts} className="sm:hidden" />
    </>
  );
}

function Svg({
  drawing,
  label,
  thresholdText,
  marks,
  className,
}: Texts & { drawing: Drawing; className: string }) {
  const { width, height, left, right, line, base, threshold } = drawing;
  const across = (y: number) => `M${left} ${y}H${right}`;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      className={`h-auto w-full ${className}`}
    >
      <path d={drawing.rows.map(({ y }) => across(y)).join("")} className="stroke-plot-grid" />
      <g className="fill-ink-3 text-[13px] tabular-nums">
        {drawing.rows.map(({ y, text }) => (
          <text key={y} x={left - 8} y={y + 4} textAnchor="end">
            {text}
          </text>
        ))}
        {drawing.columns.map(({ x, anchor, text }) => (
          <text key={x} x={x} y={height - 6} textAnchor={anchor}>
            {text}
          </text>
        ))}
      </g>
      <path d={`${line}V${base}H${left}Z`} className="fill-plot opacity-10" />
      {threshold === null ? null : (
        <path d={across(threshold.y)} strokeDasharray="3 4" className="stroke-ink-3" />
      )}
      <path d={line} strokeWidth="1.75" strokeLinejoin="round" className="fill-none stroke-plot" />
      {drawing.marks.map(([x, y], index) => {
        const mark = marks[index];
        return mark === undefined ? null : (
          <g key={index} transform={`translate(${x} ${y})`}>
            <title>{mark.text}</title>
            <MarkShape kind={mark.kind} />
          </g>
        );
      })}
      {threshold === null || thresholdText === null ? null : (
        <text
          x={threshold.labelX}
          y={threshold.labelY}
          textAnchor={threshold.anchor}
          strokeWidth="4"
          strokeLinejoin="round"
          className="fill-ink-2 stroke-card text-[13px] font-semibold tabular-nums [paint-order:stroke]"
        >
          {thresholdText}
        </text>
      )}
    </svg>
  );
}
