import type { ReactNode } from "react";

export type Fact = { term: ReactNode; value: ReactNode; note?: ReactNode; key: string };

/** Pairs of a name and a value, one to a line, as on a receipt. */
export function FactList({ facts, className = "" }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={className === "" ? "facts" : `facts ${className}`}>
      {facts.map((fact) => (
        <div key={fact.key}>
          <dt>{fact.term}</dt>
          <dd>
            <span>{fact.value}</span>
            {fact.note === undefined ? null : <small>{fact.note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
