import "server-only";
import {
  and,
  asc,
  eq,
  getTableColumns,
  type InferSelectModel,
  inArray,
  isNull,
  lte,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { PgColumn, PgInsertValue, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import type { Lease } from "./rules";

/*
 * How a row of any table is owned by one worker at a time. A row is free when nobody has it or when its lease has
 * ended; whoever takes it writes a lease of its own, and from then on each write names that lease. Locks of the
 * database would not do: an owner calls others (a gateway, a carrier) between two transactions.
 */

export type LeasedTable = PgTable & { readonly lease: PgColumn; readonly leasedUntil: PgColumn };

/** A leased table of customers, the rows of which are due at an instant. */
export type QueueTable = LeasedTable & { readonly customerId: PgColumn; readonly dueAt: PgColumn };

type Row<Table extends PgTable> = InferSelectModel<Table>;
type Fields<Table extends PgTable> = { readonly [Field in keyof Row<Table>]?: Row<Table>[Field] | SQL };

/** Of a row that nobody holds. */
export const NOT_HELD = { lease: null, leasedUntil: null } as const;

/** The columns of a row in the hands of whoever has this lease; null leaves it to be taken. */
export const heldColumns = (held: Lease | null) =>
  held === null ? NOT_HELD : { lease: held.lease, leasedUntil: held.until };

const isFree = (table: LeasedTable, now: Date) => or(isNull(table.leasedUntil), lte(table.leasedUntil, now));

/** Whose next step is due, and which nobody holds. */
export const isDueAndFree = (queue: QueueTable, now: Date) => and(lte(queue.dueAt, now), isFree(queue, now));

/** Safe because all columns of one table are returned. */
const rowsOf = <Table extends LeasedTable>(rows: readonly object[]) => rows as readonly Row<Table>[];

/** Other takers may win the rows that one has seen; so often it looks for others. */
const MAX_ROUNDS = 5;

export type Taking = {
  readonly now: Date;
  readonly limit: number;
  readonly held: Lease;
  /** Of all customers if it is missing. */
  readonly customerId?: string | undefined;
};

/**
 * Takes rows that are due and free, the longest due first; `id` is what names one among its customer's. Candidates are
 * read across customers without a lock, then taken by one statement for each customer that asks again whether they are free: any
 * number of takers take different ones, and it works where customers are spread over several nodes.
 */
export async function takeDue<Table extends QueueTable>(
  db: Database,
  table: Table,
  id: PgColumn,
  { now, limit, held, customerId }: Taking,
): Promise<Row<Table>[]> {
  const queue: QueueTable = table;
  const isDue = isDueAndFree(queue, now);
  const ofCustomer = (one: string) => eq(queue.customerId, one);
  const taken: Row<Table>[] = [];
  for (let round = 1; taken.length < limit && round <= MAX_ROUNDS; round += 1) {
    const candidates = await db
      .select({ customerId: queue.customerId, id })
      .from(queue)
      .where(and(isDue, customerId === undefined ? undefined : ofCustomer(customerId)))
      .orderBy(asc(queue.dueAt))
      .limit(limit - taken.length);
    if (candidates.length === 0) break;
    const customers = new Set(candidates.map((candidate) => candidate.customerId as string));
    for (const customer of customers) {
      const theirs = candidates.filter((candidate) => candidate.customerId === customer);
      const wanted = inArray(
        id,
        theirs.map((candidate) => candidate.id),
      );
      // What somebody changes at this moment is passed over: waiting for it could end in a deadlock.
      const free = db
        .select({ id })
        .from(queue)
        .where(and(ofCustomer(customer), wanted, isDue))
        .for("update", { skipLocked: true });
      const rows = await db
        .update(queue)
        .set(heldColumns(held))
        .where(and(ofCustomer(customer), inArray(id, free)))
        .returning();
      taken.push(...rowsOf<Table>(rows));
    }
  }
  return taken;
}

/** Takes one row, if it is free and as `row` says. Null otherwise. */
export async function takeRow<Table extends LeasedTable>(
  db: Database,
  table: Table,
  row: SQL | undefined,
  now: Date,
  held: Lease,
  fields: Fields<Table>,
): Promise<Row<Table> | null> {
  const leased: LeasedTable = table;
  const rows = await db
    .update(leased)
    .set({ ...fields, ...heldColumns(held) })
    .where(and(row, isFree(leased, now)))
    .returning();
  return rowsOf<Table>(rows)[0] ?? null;
}

/** Makes a row that is held from the start; or takes the one under the same key, if it is free and as `row` says. */
export async function insertOrTakeRow<Table extends LeasedTable>(
  db: Database,
  table: Table,
  key: PgColumn[],
  values: PgInsertValue<Table>,
  row: SQL | undefined,
  now: Date,
  held: Lease,
): Promise<boolean> {
  const leased: LeasedTable = table;
  const rows = await db
    .insert(leased)
    .values({ ...values, ...heldColumns(held) })
    .onConflictDoUpdate({
      target: key,
      set: heldColumns(held),
      setWhere: sql`${row} and ${isFree(leased, now)}`,
    })
    .returning({ lease: leased.lease });
  return rows.length > 0;
}

/**
 * Writes to a row that is held, and holds it until `until`; null lets go of it. Null, and nothing is written, if the
 * lease has gone to somebody else or the row is not as `row` says any more. `told` is said by the same statement.
 */
export async function writeHeldRow<Table extends LeasedTable>(
  db: Database,
  table: Table,
  row: SQL | undefined,
  lease: string,
  fields: Fields<Table>,
  until: Date | null,
  told: Readonly<Record<string, SQL>> = {},
): Promise<Row<Table> | null> {
  const leased: LeasedTable = table;
  const rows = await db
    .update(leased)
    .set({ ...fields, ...heldColumns(until === null ? null : { lease, until }) })
    .where(and(row, eq(leased.lease, lease)))
    .returning({ ...getTableColumns(leased), ...told });
  return rowsOf<Table>(rows)[0] ?? null;
}

/** Deletes a row that is held, and nothing if the lease has gone to somebody else. */
export async function deleteHeldRow(
  db: Database,
  table: LeasedTable,
  row: SQL | undefined,
  lease: string,
): Promise<void> {
  await db.delete(table).where(and(row, eq(table.lease, lease)));
}
