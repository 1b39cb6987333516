import "server-only";
import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import { type Carrier, type Handover, HandoverKeyReused, HandoverUnknown } from "../carrier";
import { lossOf, receiptsBy } from "./rules";
import { findHandover, loseHandover, recordHandover } from "./store";

/**
 * A carrier that reaches no phone, a product of its own: it has its own tables, and commits by itself. What becomes of
 * a message is decided by the last digits of each number. It keeps no text.
 */
export function createSandboxCarrier(
  db: Database,
  { now = () => new Date() }: { readonly now?: () => Date } = {},
): Carrier {
  return {
    async take(handover) {
      const { idempotencyKey, numbers } = handover;
      const loss = lossOf(numbers);
      if (loss === "before" && (await loseHandover(db, idempotencyKey))) {
        throw new HandoverUnknown("the handover was lost");
      }
      const requestHash = requestHashOf(handover);
      const { recorded, isNew } = await recordHandover(db, {
        idempotencyKey,
        requestHash,
        numbers: [...numbers],
        takenAt: now(),
      });
      if (recorded.requestHash !== requestHash) {
        throw new HandoverKeyReused(`the key ${idempotencyKey} stands for another message`);
      }
      if (loss === "after" && isNew) throw new HandoverUnknown("the answer was lost");
    },

    async receipts(idempotencyKey, after, limit) {
      const recorded = await findHandover(db, idempotencyKey);
      if (recorded === null) return [];
      return receiptsBy(now(), recorded.takenAt, recorded.numbers).slice(after, after + limit);
    },
  };
}

function requestHashOf({ sender, text, numbers }: Handover): string {
  return createHash("sha256")
    .update(JSON.stringify([sender, text, numbers]))
    .digest("hex");
}
