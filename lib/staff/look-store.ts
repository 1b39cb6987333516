import "server-only";
import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/access";
import { staffLooks } from "@/db/schema/staff";
import type { StaffRight } from "@/lib/caller";

export type NewLooks = {
  /** Each once. */
  readonly customerIds: readonly string[];
  readonly serviceName: string | null;
  readonly staffUserId: string;
  readonly staffRight: StaffRight;
  readonly what: string;
  readonly address: string;
  readonly ticket: string | null;
};

/**
 * The one write of looking, in a transaction that says that it writes: every other one of the staff's pool is
 * read-only. Returns how many of the customers there are: nothing is written for one who does not exist.
 */
export async function insertLooks(db: Database, looks: NewLooks): Promise<number> {
  return db.transaction(
    async (tx) => {
      // Drizzle would name every column, and the role may write only these.
      const written = await tx.execute(sql`
        insert into staff_looks (customer_id, service_name, staff_user_id, staff_right, what, address, ticket)
        select customer_id, ${looks.serviceName}, ${looks.staffUserId}, ${looks.staffRight}, ${looks.what},
          ${looks.address}, ${looks.ticket}
        from customers
        where customer_id in (select json_array_elements_text(${JSON.stringify(looks.customerIds)}::text::json))`);
      return written.count;
    },
    { accessMode: "read write" },
  );
}

export type LookFilter = {
  readonly customerId?: string | undefined;
  readonly staffUserId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only looks with a smaller number. */
  readonly before?: bigint | undefined;
};

/** Newest first. */
export async function readLooks(db: Database, filter: LookFilter, limit: number) {
  const { customerId, staffUserId, from, to, before } = filter;
  return db
    .select({
      lookId: staffLooks.lookId,
      at: staffLooks.at,
      what: staffLooks.what,
      customerId: staffLooks.customerId,
      serviceName: staffLooks.serviceName,
      staffUserId: staffLooks.staffUserId,
      staffRight: staffLooks.staffRight,
      staffName: users.name,
      address: staffLooks.address,
      ticket: staffLooks.ticket,
    })
    .from(staffLooks)
    .leftJoin(users, eq(users.id, staffLooks.staffUserId))
    .where(
      and(
        customerId === undefined ? undefined : eq(staffLooks.customerId, customerId),
        staffUserId === undefined ? undefined : eq(staffLooks.staffUserId, staffUserId),
        from === undefined ? undefined : gte(staffLooks.at, from),
        to === undefined ? undefined : lt(staffLooks.at, to),
        before === undefined ? undefined : lt(staffLooks.lookId, before),
      ),
    )
    .orderBy(desc(staffLooks.lookId))
    .limit(limit);
}

export type LookRow = Awaited<ReturnType<typeof readLooks>>[number];

/** Everybody who may look, and who did when they still might, with how often. */
export async function readStaff(db: Database) {
  return db.execute<{ user_id: string; name: string; role: string; looks: string }>(sql`
    select u.id as user_id, u.name, u.role,
      (select count(*) from staff_looks l where l.staff_user_id = u.id)::text as looks
    from users u
    where u.role <> 'customer' or exists (select from staff_looks l where l.staff_user_id = u.id)
    order by u.name, u.id`);
}
