import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/access";
import { customers } from "@/db/schema/accounts";

export async function readCustomer(db: Database, customerId: string) {
  const [customer] = await db
    .select({ name: customers.name, timeZone: customers.timeZone })
    .from(customers)
    .where(eq(customers.customerId, customerId));
  return customer ?? null;
}

/** Who signs in for a customer. */
export async function readPeople(db: Database, customerId: string, limit: number) {
  return db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.customerId, customerId))
    .orderBy(asc(users.name), asc(users.id))
    .limit(limit);
}
