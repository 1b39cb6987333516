import "server-only";
import type { Context } from "@/lib/context";
import { creditsOf, printCredits } from "@/lib/credits";
import { fail, ok, type Result } from "@/lib/failure";
import { cutPage, pageLimit } from "@/lib/page";
import { type BalanceCursor, type BalancePage, type BalanceRecord, readBalances } from "./balances-store";
import { recordAccessToListed } from "./access-log-service";
import { type BalanceList, type BalanceRow, hoursLeft, runsDry, staffOf } from "./rules";

const MAX_ON_A_PAGE = 200;
const ROWS_OF_A_READ = 1000;

/**
 * Accounts of every customer; `after` is the `next` of the page before. An `after` that is none starts at the front. A look
 * at each customer of the page is recorded, as of `from`, before anybody sees it.
 */
export async function listBalances(
  context: Context,
  {
    after,
    limit = 50,
    from,
    ...list
  }: BalanceList & { readonly after?: string; readonly limit?: number; readonly from: string },
): Promise<Result<{ rows: BalanceRow[]; next: string | null }>> {
  if (staffOf(context.caller) === null) return fail({ code: "not_found" });
  const most = pageLimit(limit, MAX_ON_A_PAGE);
  const start = after === undefined ? null : readCursor(after);
  const found = await readBalances(context.db, { ...list, after: start, limit: most + 1 });
  const { rows, next } = cutPage(found, most, printCursor);
  const recorded = await recordAccessToListed(context, {
    customerIds: customersOf(rows),
    what: "list",
    from,
  });
  if (!recorded.ok) return recorded;
  return ok({ rows: rows.map(rowOf), next });
}

/** The whole list for a file, some rows at a time, each recorded as an access before it is handed out. */
export function allBalances(
  context: Context,
  { from, ...list }: BalanceList & { readonly from: string },
): Result<AsyncIterable<readonly BalanceRow[]>> {
  if (staffOf(context.caller) === null) return fail({ code: "not_found" });
  return ok(parts(context, from, { ...list, after: null, limit: ROWS_OF_A_READ }));
}

async function* parts(
  context: Context,
  from: string,
  page: BalancePage,
): AsyncGenerator<readonly BalanceRow[]> {
  let after: BalanceCursor | null = null;
  for (;;) {
    const found: BalanceRecord[] = await readBalances(context.db, { ...page, after });
    const recorded = await recordAccessToListed(context, {
      customerIds: customersOf(found),
      what: "export",
      from,
    });
    if (!recorded.ok) return;
    if (found.length > 0) yield found.map(rowOf);
    const last = found.at(-1);
    if (last === undefined || found.length < page.limit) return;
    after = cursorOf(last);
  }
}

const customersOf = (rows: readonly BalanceRecord[]): string[] => rows.map((row) => row.customer_id);

const cursorOf = (row: BalanceRecord): BalanceCursor => ({
  position: row.position,
  customerId: row.customer_id,
  serviceName: row.service_name,
});

// None of the three can hold a tilde, and an address carries it as it is.
const printCursor = (row: BalanceRecord): string => `${row.position}~${row.customer_id}~${row.service_name}`;

function readCursor(text: string): BalanceCursor | null {
  const [, position, customerId, serviceName] =
    /^(-?\d{1,18})~([a-z0-9-]{2,31})~([a-z0-9-]{4,50})$/.exec(text) ?? [];
  if (position === undefined || customerId === undefined || serviceName === undefined) return null;
  return { position, customerId, serviceName };
}

const printed = (thousandths: bigint | null): string | null =>
  thousandths === null ? null : printCredits(creditsOf(thousandths));

function rowOf(row: BalanceRecord): BalanceRow {
  return {
    customerId: row.customer_id,
    customerName: row.customer_name,
    serviceName: row.service_name,
    name: row.name,
    status: row.status,
    balance: printCredits(creditsOf(row.balance)),
    rule: row.rule,
    threshold: printed(row.threshold),
    quantity: row.quantity,
    suspensionReason: row.suspension_reason,
    declines: row.declines,
    spentLastWeek: printed(row.spent_week),
    hoursLeft: hoursLeft(row.balance, row.spent_week),
    runsDry: runsDry(row.balance, row.spent_week),
    lastEntryAt: row.last_entry_ms === null ? null : new Date(row.last_entry_ms).toISOString(),
  };
}
