import "server-only";
import type { Database } from "@/db/client";
import { isTransient } from "@/db/errors";
import type { AccountKey } from "@/lib/accounts/rules";
import { isTransaction, batcherOf } from "./posting-store";
import type { AccountState } from "./rules";
import { readStates } from "./store";
import { changesAnything, type ThresholdEvaluation } from "./threshold-rules";
import { closeCrossings, writeChanges } from "./write-store";

const MAX_ATTEMPTS = 10;

/**
 * Changes an account without moving credits, on its locked state: in the caller's transaction, or in one of its own.
 * Throws when the account does not exist.
 */
export async function changeAccount(
  db: Database,
  key: AccountKey,
  decide: (state: AccountState) => ThresholdEvaluation,
): Promise<{ readonly crossing: number | null }> {
  if (isTransaction(db)) {
    const { crossing } = await decideLocked(db, key, decide);
    return { crossing };
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { change, crossing } = await db.transaction((tx) => decideLocked(tx, key, decide));
      if (changesAnything(change)) batcherOf(db).learn(change.after);
      return { crossing };
    } catch (error) {
      if (!isTransient(error) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function decideLocked(
  tx: Database,
  key: AccountKey,
  decide: (state: AccountState) => ThresholdEvaluation,
): Promise<ThresholdEvaluation> {
  const states = await readStates(tx, key.customerId, [key.serviceName], "lock");
  const state = states.get(key.serviceName);
  if (state === undefined) throw new Error(`no ledger account of ${key.serviceName}`);
  const evaluation = decide(state);
  if (!changesAnything(evaluation.change)) return evaluation;
  await Promise.all([closeCrossings(tx, [evaluation.change]), writeChanges(tx, [evaluation.change], [])]);
  return evaluation;
}
