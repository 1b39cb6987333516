import type { FieldProblem } from "../failure";
import type { Messages } from "./messages";

type ProblemKey = Extract<keyof Messages["problems"], string>;

/** The translator of the namespace `problems`, from a client component or from the server. */
export type ProblemTranslator = {
  (key: ProblemKey, values?: Record<string, string | number>): string;
  has: (key: ProblemKey) => boolean;
};

/** What is wrong with a field, in the reader's language. A problem that no message knows is said to be one, no more. */
export function problemText(t: ProblemTranslator, { problem, values }: FieldProblem): string {
  // Safe because the key is asked for before it is used.
  const key = problem as ProblemKey;
  return t.has(key) ? t(key, { ...values }) : t("invalid");
}
