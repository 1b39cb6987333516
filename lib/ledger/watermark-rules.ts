import type { Credits } from "@/lib/credits";
import { type AccountChange, type AccountState, changeOf, draftOf, judge, settle } from "./rules";

/** A change of an account without a movement, and the number of the crossing that it opens. */
export type Judgement = { readonly change: AccountChange; readonly crossing: number | null };

/** Sets the watermark and judges it. An open crossing stays the only one. */
export function watched(state: AccountState, watermark: Credits | null, now: Date): Judgement {
  const draft = draftOf(state);
  draft.watermark = watermark;
  const crossing = judge(draft, now);
  return { change: changeOf(draft), crossing };
}

/** Judges the watermark as it stands. */
export function judged(state: AccountState, now: Date): Judgement {
  const draft = draftOf(state);
  const crossing = judge(draft, now);
  return { change: changeOf(draft), crossing };
}

/** Closes a crossing and does not judge: what was refused would otherwise open anew at once, for ever. */
export function settled(state: AccountState, crossing: number, now: Date): Judgement {
  const draft = draftOf(state);
  settle(draft, crossing, now);
  return { change: changeOf(draft), crossing: null };
}

/** Is there anything to write? */
export function changesAnything({ before, after, opened, closed }: AccountChange): boolean {
  return before.watermark !== after.watermark || opened.length > 0 || closed !== null;
}
