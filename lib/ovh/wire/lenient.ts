import { z } from "zod";

/** Fields as programs of languages without types write them: a number or a flag may come as text. */

const numberOrText = (least: number, most: number, text: RegExp, error: string) =>
  z.union([z.int({ error }).min(least, { error }).max(most, { error }), z.string().regex(text, { error })], {
    error,
  });

const trueOrFalse = { error: "true or false" };
/** For what changes nothing. */
export const Flag = z.union(
  [
    z.boolean(),
    z.int(trueOrFalse).min(0, trueOrFalse).max(1, trueOrFalse),
    z.string().regex(/^(true|false|yes|no|0|1)?$/i, trueOrFalse),
  ],
  trueOrFalse,
);

/** Of any size, for what changes nothing. */
export const Minutes = numberOrText(0, 1_000_000_000, /^\d{0,9}$/, "minutes, a whole number of at least 0");

export const OnlyZero = (why: string) => numberOrText(0, 0, /^0?$/, `0: ${why}`);

/** Takes what says nothing, null and the empty text, and refuses everything else with what to send instead. */
export const Nothing = (instead: string) => z.literal("", { error: `send ${instead}` }).nullish();
