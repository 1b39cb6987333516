import type { MarkKind } from "./plot-geometry";

/** A ring or a diamond about the origin: told apart by their shapes, also where colours are not. */
export function MarkShape({ kind }: { kind: MarkKind }) {
  return kind === "recharge" ? (
    <circle r="4" strokeWidth="2" className="fill-card stroke-plot" />
  ) : (
    <path d="M0-5.5 5.5 0 0 5.5-5.5 0z" className="fill-plot-2" />
  );
}
