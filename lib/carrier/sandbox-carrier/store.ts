import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { carrierHandovers, carrierLostHandovers } from "@/db/schema/deliveries";

export type RecordedHandover = typeof carrierHandovers.$inferSelect;

export async function findHandover(db: Database, idempotencyKey: string): Promise<RecordedHandover | null> {
  const [handover] = await db
    .select()
    .from(carrierHandovers)
    .where(eq(carrierHandovers.idempotencyKey, idempotencyKey));
  return handover ?? null;
}

/** Records a handover unless its key is taken, and answers with what stands under the key. */
export async function recordHandover(
  db: Database,
  handover: RecordedHandover,
): Promise<{ recorded: RecordedHandover; isNew: boolean }> {
  const [made] = await db.insert(carrierHandovers).values(handover).onConflictDoNothing().returning();
  if (made !== undefined) return { recorded: made, isNew: true };
  const recorded = await findHandover(db, handover.idempotencyKey);
  if (recorded === null) throw new Error(`the handover ${handover.idempotencyKey} was there and is gone`);
  return { recorded, isNew: false };
}

/** Records that a handover got lost on its way in. False if one did before: a second one arrives. */
export async function loseHandover(db: Database, idempotencyKey: string): Promise<boolean> {
  const rows = await db
    .insert(carrierLostHandovers)
    .values({ idempotencyKey })
    .onConflictDoNothing()
    .returning({ idempotencyKey: carrierLostHandovers.idempotencyKey });
  return rows.length > 0;
}
