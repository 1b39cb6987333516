"use client";

import { Details } from "@/components/ui/details";
import { type Elements } from "@/components/ui/elements";
import { Pill, type PillKind } from "@/components/ui/pill";

/** One decision as it is written. */
export type DecisionTexts = readonly [
  at: string,
  when: string,
  kind: PillKind,
  tag: string,
  sentence: string,
  /** What it was decided by; empty where that is said by another. */
  basis: string,
  why?: Elements,
];

/** What was decided of one recharge: its newest decision, and how many came before, in words, with these. */
export type DecisionChain = readonly [
  id: string,
  newest: DecisionTexts,
  steps: string,
  earlier: readonly DecisionTexts[],
];

/** Draws the log. A client component, so that of each line only its texts travel beside the HTML. */
export function DecisionLines({ chains }: { chains: readonly DecisionChain[] }) {
  return (
    <ol>
      {chains.map(([id, newest, steps, earlier]) => (
        <li key={id} className="border-b border-line py-2.5 last:border-b-0">
          <Line texts={newest} />
          {earlier.length === 0 ? null : (
            <Details summary={steps} className="sm:ml-38">
              <ol className="grid gap-1.5 border-l border-line pl-4">
                {earlier.map((texts, index) => (
                  <li key={index}>
                    <Line texts={texts} />
                  </li>
                ))}
              </ol>
            </Details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Line({ texts: [at, when, kind, tag, sentence, basis, why] }: { texts: DecisionTexts }) {
  return (
    <div className="dated">
      <time dateTime={at}>{when}</time>
      <p>
        <Pill kind={kind} className="mr-2">
          {tag}
        </Pill>
        <span>{sentence}</span>
        {basis === "" ? null : <span className="text-s text-ink-3">{` ${basis}`}</span>}
        {why === undefined ? null : <> {why}</>}
      </p>
    </div>
  );
}
