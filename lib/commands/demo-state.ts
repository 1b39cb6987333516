import { inArray } from "drizzle-orm";
import { customers } from "@/db/schema/accounts";
import { users } from "@/db/schema/access";
import { withOwner } from "./database";

export const DEMO_SIGN_INS: readonly string[] = [
  "cliente.it@demo.test",
  "client.fr@demo.test",
  "support@demo.test",
  "billing@demo.test",
  "billing2@demo.test",
  "lead@demo.test",
];

/** `missing`: a database that nobody has used yet, or one in which the demo was begun and not finished. */
export function demoState(url: string): Promise<"missing" | "there" | "unwanted"> {
  return withOwner(url, async ({ db }) => {
    const people = await db.$count(users);
    const demoPeople = await db.$count(users, inArray(users.email, [...DEMO_SIGN_INS]));
    if (demoPeople === DEMO_SIGN_INS.length) return "there";
    const isUnused = people === 0 && (await db.$count(customers)) === 0;
    return isUnused || demoPeople > 0 ? "missing" : "unwanted";
  });
}
