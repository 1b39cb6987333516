import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { gatewayCharges, gatewayInstructions, gatewayLostRequests } from "@/db/schema/payments";
import type { ChargeRequest } from "../gateway";
import type { SandboxVerdict } from "./rules";

export type RecordedCharge = typeof gatewayCharges.$inferSelect;

export async function findCharge(db: Database, idempotencyKey: string): Promise<RecordedCharge | null> {
  const [charge] = await db
    .select()
    .from(gatewayCharges)
    .where(eq(gatewayCharges.idempotencyKey, idempotencyKey));
  return charge ?? null;
}

/** Records the charge unless its key is taken, and answers with what stands under the key. */
export async function recordCharge(
  db: Database,
  request: ChargeRequest,
  requestHash: string,
  verdict: SandboxVerdict,
): Promise<{ charge: RecordedCharge; isNew: boolean }> {
  const { idempotencyKey, token, amountCents, currency, reference } = request;
  const [made] = await db
    .insert(gatewayCharges)
    .values({
      idempotencyKey,
      requestHash,
      reference,
      token,
      amountCents,
      currency,
      outcome: verdict.kind,
      code: verdict.kind === "paid" ? null : verdict.code,
    })
    .onConflictDoNothing()
    .returning();
  if (made !== undefined) return { charge: made, isNew: true };
  const charge = await findCharge(db, idempotencyKey);
  if (charge === null) throw new Error(`the charge ${idempotencyKey} was there and is gone`);
  return { charge, isNew: false };
}

/** Takes the oldest instruction for a card, so that no two charges follow the same one. */
export async function takeInstruction(db: Database, token: string): Promise<string | null> {
  const oldest = db
    .select({ id: gatewayInstructions.id })
    .from(gatewayInstructions)
    .where(eq(gatewayInstructions.token, token))
    .orderBy(asc(gatewayInstructions.id))
    .limit(1)
    .for("update", { skipLocked: true });
  const [taken] = await db
    .delete(gatewayInstructions)
    .where(and(eq(gatewayInstructions.token, token), inArray(gatewayInstructions.id, oldest)))
    .returning({ behaviour: gatewayInstructions.behaviour });
  return taken?.behaviour ?? null;
}

export async function addInstructions(db: Database, token: string, behaviours: readonly string[]) {
  if (behaviours.length === 0) return;
  await db.insert(gatewayInstructions).values(behaviours.map((behaviour) => ({ token, behaviour })));
}

/** Records that the request of a key got lost. False if one did before: a second one arrives. */
export async function loseRequest(db: Database, idempotencyKey: string): Promise<boolean> {
  const rows = await db
    .insert(gatewayLostRequests)
    .values({ idempotencyKey })
    .onConflictDoNothing()
    .returning({ idempotencyKey: gatewayLostRequests.idempotencyKey });
  return rows.length > 0;
}
