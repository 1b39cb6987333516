import "server-only";
import type { Context } from "@/lib/context";
import { countAttempt, forgetAttempts } from "./store";

type Clocked = Pick<Context, "db" | "now">;

/** A key, such as an address, and how many attempts are looked at under it in one window. */
export type AttemptLimit = readonly [key: string, most: number];

const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts this attempt under each key; the seconds to wait when there were too many under one, else null. */
export async function waitAfterAttempts(
  { db, now }: Clocked,
  limits: readonly AttemptLimit[],
  windowSeconds: number,
): Promise<number | null> {
  const at = now();
  let wait: number | null = null;
  for (const [key, most] of limits) {
    const { count, since } = await countAttempt(db, key, at, windowSeconds);
    const seconds = Math.ceil((since.getTime() - at.getTime()) / 1000) + windowSeconds;
    if (count > most) wait = Math.max(wait ?? 1, seconds);
  }
  return wait;
}

/** After one that succeeded, the next are counted from none; and what is older than a day goes. */
export async function forgetAttemptsOf({ db, now }: Clocked, keys: readonly string[]): Promise<void> {
  await forgetAttempts(db, keys, new Date(now().getTime() - DAY_MS));
}
