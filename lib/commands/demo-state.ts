import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { customers } from "@/db/schema/accounts";
import { users } from "@/db/schema/access";
import { withOwner } from "./database";

export const DEMO_PASSWORD = "ricarica-demo";
export const DEMO_SIGN_INS = ["cliente.it@demo.test", "client.fr@demo.test", "support@demo.test"] as const;

/** Neither customers nor people: a database that nobody has used yet. */
export function isEmpty(url: string): Promise<boolean> {
  return withOwner(
    url,
    async ({ db }) => (await db.$count(customers)) === 0 && (await db.$count(users)) === 0,
  );
}

/** Can one sign in as the demo customers? */
export function hasDemo(url: string): Promise<boolean> {
  return withOwner(url, ({ db }) => hasDemoUser(db));
}

async function hasDemoUser(db: Database): Promise<boolean> {
  return (await db.$count(users, sql`${users.email} = ${DEMO_SIGN_INS[0]}`)) > 0;
}
