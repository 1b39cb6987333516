import type { Credits } from "@/lib/credits";
import {
  type AccountChange,
  type AccountState,
  changeOf,
  draftOf,
  evaluateThreshold,
  closeOpenCrossing,
} from "./rules";

/** The channel on which the database says that a crossing, or the next step of an order, waits for a worker. */
export const WAKE_CHANNEL = "recharge_due";

/** A change of an account without an entry, and the number of the crossing that it opens. */
export type ThresholdEvaluation = { readonly change: AccountChange; readonly crossing: number | null };

/** Sets the threshold and evaluates it. An open crossing stays the only one. */
export function watched(state: AccountState, threshold: Credits | null, now: Date): ThresholdEvaluation {
  const draft = draftOf(state);
  draft.threshold = threshold;
  const crossing = evaluateThreshold(draft, now);
  return { change: changeOf(draft), crossing };
}

/** Evaluates the threshold as it stands. */
export function evaluated(state: AccountState, now: Date): ThresholdEvaluation {
  const draft = draftOf(state);
  const crossing = evaluateThreshold(draft, now);
  return { change: changeOf(draft), crossing };
}

/** Closes a crossing and does not evaluate: what was refused would otherwise open anew at once, for ever. */
export function closed(state: AccountState, crossing: number, now: Date): ThresholdEvaluation {
  const draft = draftOf(state);
  closeOpenCrossing(draft, crossing, now);
  return { change: changeOf(draft), crossing: null };
}

/** Is there anything to write? */
export function changesAnything({ before, after, opened, closed }: AccountChange): boolean {
  return before.threshold !== after.threshold || opened.length > 0 || closed !== null;
}
