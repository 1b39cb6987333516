import "server-only";
import type { Context } from "@/lib/context";
import { readAnsweredByHand } from "./attempts-store";
import { isResting, MAX_DECLINES_BY_HAND } from "./rules";

/** May this card not be asked by hand for a while? Another card may, and is evaluated by its own payments. */
export async function isCardResting(context: Context, customerId: string, token: string): Promise<boolean> {
  const latest = await readAnsweredByHand(context.db, customerId, token, MAX_DECLINES_BY_HAND);
  return isResting(latest, context.now());
}
