import "server-only";
import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/access";
import { accessLog } from "@/db/schema/staff";
import type { StaffRight } from "@/lib/caller";

export type NewStaffAccesses = {
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
 * The one write of the access log, in a transaction that says that it writes: every other one of the staff's pool is
 * read-only. Returns how many of the customers there are: nothing is written for one who does not exist.
 */
export async function insertStaffAccesses(db: Database, accesses: NewStaffAccesses): Promise<number> {
  return db.transaction(
    async (tx) => {
      // Drizzle would name every column, and the role may write only these.
      const written = await tx.execute(sql`
        insert into access_log (customer_id, service_name, staff_user_id, staff_right, what, address, ticket)
        select customer_id, ${accesses.serviceName}, ${accesses.staffUserId}, ${accesses.staffRight}, ${accesses.what},
          ${accesses.address}, ${accesses.ticket}
        from customers
        where customer_id in (select json_array_elements_text(${JSON.stringify(accesses.customerIds)}::text::json))`);
      return written.count;
    },
    { accessMode: "read write" },
  );
}

export type AccessLogFilter = {
  readonly customerId?: string | undefined;
  readonly staffUserId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only accesses with a smaller number. */
  readonly before?: bigint | undefined;
};

/** Newest first. */
export async function readAccessLog(db: Database, filter: AccessLogFilter, limit: number) {
  const { customerId, staffUserId, from, to, before } = filter;
  return db
    .select({
      accessId: accessLog.accessId,
      at: accessLog.at,
      what: accessLog.what,
      customerId: accessLog.customerId,
      serviceName: accessLog.serviceName,
      staffUserId: accessLog.staffUserId,
      staffRight: accessLog.staffRight,
      staffName: users.name,
      address: accessLog.address,
      ticket: accessLog.ticket,
    })
    .from(accessLog)
    .leftJoin(users, eq(users.id, accessLog.staffUserId))
    .where(
      and(
        customerId === undefined ? undefined : eq(accessLog.customerId, customerId),
        staffUserId === undefined ? undefined : eq(accessLog.staffUserId, staffUserId),
        from === undefined ? undefined : gte(accessLog.at, from),
        to === undefined ? undefined : lt(accessLog.at, to),
        before === undefined ? undefined : lt(accessLog.accessId, before),
      ),
    )
    .orderBy(desc(accessLog.accessId))
    .limit(limit);
}

export type AccessLogRow = Awaited<ReturnType<typeof readAccessLog>>[number];

/** Everybody who may look, and who did when they still might, with how often. */
export async function readStaff(db: Database) {
  return db.execute<{ user_id: string; name: string; role: string; accesses: string }>(sql`
    select u.id as user_id, u.name, u.role,
      (select count(*) from access_log l where l.staff_user_id = u.id)::text as accesses
    from users u
    where u.role <> 'customer' or exists (select from access_log l where l.staff_user_id = u.id)
    order by u.name, u.id`);
}
