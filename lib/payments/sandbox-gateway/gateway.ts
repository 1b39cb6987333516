import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/db/client";
import {
  type ChargeOutcome,
  type ChargeRequest,
  type PaymentGateway,
  PaymentKeyReused,
  PaymentUnknown,
} from "../gateway";
import { isFinalCode, parsePlan, planOfCard } from "./rules";
import {
  addInstructions,
  findCharge,
  loseRequest,
  type RecordedCharge,
  recordCharge,
  takeInstruction,
} from "./store";

/** As long as a near gateway takes, so that nothing comes to rely on an instant answer. */
const USUAL_DELAY_MS = 20;

/**
 * A payment gateway that moves no money, a product of its own: it has its own tables, and commits by itself. What it
 * does with a charge is decided by the next instruction for the card, or else by the card.
 */
export function createSandboxGateway(
  db: Database,
  { usualDelayMs = USUAL_DELAY_MS }: { readonly usualDelayMs?: number } = {},
): PaymentGateway {
  return {
    async charge(request) {
      const requestHash = requestHashOf(request);
      const earlier = await findCharge(db, request.idempotencyKey);
      if (earlier !== null) return answer(earlier, requestHash);

      const instruction = await takeInstruction(db, request.token);
      const plan = (instruction === null ? null : parsePlan(instruction)) ?? planOfCard(request.token);
      await sleep(plan.delayMs ?? usualDelayMs);
      // A card that loses its requests loses the first of each key; an instruction is used up by losing one.
      if (
        plan.timeOut === "before" &&
        (instruction !== null || (await loseRequest(db, request.idempotencyKey)))
      ) {
        throw new PaymentUnknown("the request was lost");
      }
      const { charge, isNew } = await recordCharge(db, request, requestHash, plan.verdict);
      if (plan.timeOut === "after" && isNew) throw new PaymentUnknown("the answer was lost");
      return answer(charge, requestHash);
    },

    async find(idempotencyKey) {
      const charge = await findCharge(db, idempotencyKey);
      return charge === null ? null : outcomeOf(charge);
    },
  };
}

/** Tells the sandbox what to do with the next charges of a card, first in first out. */
export async function instructSandbox(
  db: Database,
  token: string,
  behaviours: readonly string[],
): Promise<void> {
  for (const behaviour of behaviours) {
    if (parsePlan(behaviour) === null) throw new Error(`the sandbox cannot do "${behaviour}"`);
  }
  await addInstructions(db, token, behaviours);
}

function answer(charge: RecordedCharge, requestHash: string): ChargeOutcome {
  if (charge.requestHash !== requestHash) {
    throw new PaymentKeyReused(`the key ${charge.idempotencyKey} stands for another payment`);
  }
  return outcomeOf(charge);
}

function outcomeOf(charge: RecordedCharge): ChargeOutcome {
  const gatewayReference = `sandbox:${charge.idempotencyKey}`;
  const code = charge.code ?? "declined";
  switch (charge.outcome) {
    case "paid":
      return { kind: "paid", gatewayReference };
    case "declined":
      return { kind: "declined", code, final: isFinalCode(code), gatewayReference };
    case "needs_authentication":
      return { kind: "needs_authentication", code, gatewayReference };
  }
}

function requestHashOf({ customerId, token, amountCents, currency, reference }: ChargeRequest): string {
  const content = JSON.stringify([customerId, token, amountCents.toString(), currency, reference]);
  return createHash("sha256").update(content).digest("hex");
}
