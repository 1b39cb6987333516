import type { Database } from "@/db/client";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import type { Credits } from "@/lib/credits";
import { readStates } from "./store";

export const systemOn = (db: Database): Context => ({
  caller: { kind: "system", name: "test" },
  db,
  now: () => new Date(),
});

let keysMade = 0;
export const fresh = () => ({ idempotencyKey: `test:${(keysMade += 1).toString()}`, requestHash: "content" });
export const message = (account: AccountKey, amount: Credits) => ({
  kind: "message" as const,
  account,
  amount,
  ...fresh(),
});

export async function stateIn(db: Database, { customerId, serviceName }: AccountKey) {
  const states = await readStates(db, customerId, [serviceName], "read");
  const state = states.get(serviceName);
  if (state === undefined) throw new Error("no such account");
  return state;
}
