import { formatCents, formatCount, formatCredits, formatInstant, pluralOf } from "../format";
import type { Figure, Line, LineKey } from "../explain/facts-rules";
import type { Verdict } from "../explain/explain-rules";
import type { Locale } from "./locales";

type Values = Record<string, string | number>;

/** The translator of the namespace `explain`, in the language of the text. */
export type ExplanationTranslator = (
  key: `line.${LineKey}` | `verdict.${Verdict}` | "step",
  values?: Values,
) => string;

export type Reader = { readonly locale: Locale; readonly timeZone: string };

/** One line of an explanation, in words. */
export function lineText(t: ExplanationTranslator, reader: Reader, line: Line): string {
  return t(`line.${line.key}`, valuesOf(reader, line));
}

/** The answer, in words. */
export function verdictText(t: ExplanationTranslator, reader: Reader, verdict: Line<Verdict>): string {
  return t(`verdict.${verdict.key}`, valuesOf(reader, verdict));
}

/**
 * The whole explanation as a letter has it: the answer, then a paragraph for each moment. That a payment was asked for is
 * left out where its outcome follows.
 */
export function explanationText(
  t: ExplanationTranslator,
  reader: Reader,
  { verdict, steps }: { readonly verdict: Line<Verdict>; readonly steps: readonly Line[] },
): string {
  const moments = new Map<string, string[]>();
  for (const [index, line] of steps.entries()) {
    if (line.key === "paying" && index < steps.length - 1) continue;
    const time = formatInstant(reader.locale, reader.timeZone, line.at, "full");
    moments.set(time, [...(moments.get(time) ?? []), lineText(t, reader, line)]);
  }
  const told = [...moments].map(([time, texts]) => t("step", { time, text: texts.join(" ") }));
  return [verdictText(t, reader, verdict), ...told].join("\n\n");
}

/** Each figure as the language writes it, and beside an amount `…N`, by which a message chooses its plural. */
function valuesOf(reader: Reader, { figures }: Pick<Line, "figures">): Values {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, figure]): [string, string | number][] => [
      [name, shown(reader, figure)],
      [`${name}N`, "credits" in figure ? pluralOf(figure.credits) : "count" in figure ? figure.count : 0],
    ]),
  );
}

function shown({ locale, timeZone }: Reader, figure: Figure): string {
  if ("credits" in figure) return formatCredits(locale, figure.credits);
  if ("count" in figure) return formatCount(locale, figure.count);
  if ("cents" in figure) return formatCents(locale, figure.cents, figure.currency);
  if ("at" in figure) return formatInstant(locale, timeZone, figure.at, "full");
  return figure.text;
}
