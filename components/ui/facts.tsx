import type { ReactNode } from "react";

export type Fact = { term: ReactNode; value: ReactNode; note?: ReactNode; key: string };

/** Pairs of a name and a value, one to a line, as on a receipt. */
export function FactList({ facts, className = "" }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={className}>
      {facts.map((fact) => (
        <div
          key={fact.key}
          className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2 last:border-b-0"
        >
          <dt className="text-ink-2">{fact.term}</dt>
          <dd className="ml-auto text-right font-semibold">
            <span>{fact.value}</span>
            {fact.note === undefined ? null : (
              <span className="ml-2 text-s font-normal text-ink-3">{fact.note}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
