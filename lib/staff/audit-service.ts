import "server-only";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { cutPage, pageLimit } from "@/lib/page";
import { isRowNumber } from "@/lib/search-parameters";
import { type AccessLogFilter, type AccessLogRow, readAccessLog, readStaff } from "./access-log-store";
import { type StaffAccessDto, mayAudit, staffOf } from "./rules";

type Page = { readonly before?: string | undefined; readonly limit?: number | undefined };
export type AccessLogPage = { readonly accesses: StaffAccessDto[]; readonly next: string | null };

const MAX_ON_A_PAGE = 200;
const ROWS_OF_A_READ = 1000;

/** When staff looked at a customer: for the customer, for those who lead, and for nobody else. Newest first. */
export async function listAccessLogOfCustomer(
  context: Context,
  customerId: string,
  page: Page = {},
): Promise<Result<AccessLogPage>> {
  const { caller } = context;
  const staff = staffOf(caller);
  const isOwn = caller.kind === "customer" && caller.customerId === customerId;
  if (!isOwn && (staff === null || !mayAudit(staff))) return fail({ code: "not_found" });
  return ok(await readPage(context, { customerId }, page, isOwn ? forCustomer : forLead));
}

/** Who looked at whom, newest first. For those who lead. */
export async function listAccessLog(
  context: Context,
  { before, limit, ...filter }: Page & Omit<AccessLogFilter, "before"> = {},
): Promise<Result<AccessLogPage>> {
  if (!isLead(context)) return fail({ code: "not_found" });
  return ok(await readPage(context, filter, { before, limit }, forLead));
}

/** As `listAccessLog`, all of a period, for a file. */
export function exportAccessLog(
  context: Context,
  filter: Omit<AccessLogFilter, "before"> = {},
): Result<AsyncIterable<readonly StaffAccessDto[]>> {
  return isLead(context) ? ok(parts(context, filter)) : fail({ code: "not_found" });
}

/** Everybody who may look, with how often each did. For those who lead. */
export async function listStaff(
  context: Context,
): Promise<Result<{ userId: string; name: string; right: string; accesses: number }[]>> {
  if (!isLead(context)) return fail({ code: "not_found" });
  const rows = await readStaff(context.db);
  return ok(
    rows.map(({ user_id, name, role, accesses }) => ({
      userId: user_id,
      name,
      right: role,
      accesses: Number(accesses),
    })),
  );
}

function isLead({ caller }: Context): boolean {
  const staff = staffOf(caller);
  return staff !== null && mayAudit(staff);
}

async function readPage(
  { db }: Context,
  filter: AccessLogFilter,
  { before, limit = 50 }: Page,
  dto: (row: AccessLogRow) => StaffAccessDto,
): Promise<AccessLogPage> {
  const most = pageLimit(limit, MAX_ON_A_PAGE);
  const start = before !== undefined && isRowNumber(before) ? BigInt(before) : undefined;
  const found = await readAccessLog(db, { ...filter, before: start }, most + 1);
  const { rows, next } = cutPage(found, most, ({ accessId }) => accessId.toString());
  return { accesses: rows.map(dto), next };
}

async function* parts({ db }: Context, filter: AccessLogFilter): AsyncGenerator<readonly StaffAccessDto[]> {
  let before: bigint | undefined;
  for (;;) {
    const found: AccessLogRow[] = await readAccessLog(db, { ...filter, before }, ROWS_OF_A_READ);
    if (found.length > 0) yield found.map(forLead);
    before = found.at(-1)?.accessId;
    if (before === undefined || found.length < ROWS_OF_A_READ) return;
  }
}

const forLead = ({ accessId, at, staffName, ...row }: AccessLogRow): StaffAccessDto => ({
  ...row,
  accessId: accessId.toString(),
  at: at.toISOString(),
  staffName,
});

const forCustomer = (row: AccessLogRow): StaffAccessDto => ({
  ...forLead(row),
  staffName: null,
  staffUserId: null,
  address: null,
});
