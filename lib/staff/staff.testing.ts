import { randomUUID } from "node:crypto";
import { openDatabase, type Pool } from "@/db/client";
import { users } from "@/db/schema/access";
import type { TestDatabase } from "@/db/testing";
import type { StaffRight } from "@/lib/caller";
import type { Context } from "@/lib/context";

/** A member of staff, with a user of his own, looking through the staff's pool. */
export async function aStaffMember(
  database: TestDatabase,
  pool: Pool,
  right: StaffRight,
  now: () => Date = () => new Date(),
): Promise<
  Context & {
    readonly caller: { readonly kind: "support"; readonly userId: string; readonly right: StaffRight };
  }
> {
  const userId = randomUUID();
  await database.db.insert(users).values({
    id: userId,
    name: `Staff ${right} ${userId.slice(0, 4)}`,
    email: `${userId}@staff.example`,
    role: right,
  });
  return { caller: { kind: "support", userId, right }, db: pool.db, now };
}

export const staffPool = (database: TestDatabase): Pool =>
  openDatabase(database.url, { as: "support", max: 3, name: "test staff" });
