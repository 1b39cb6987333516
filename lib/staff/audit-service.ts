import "server-only";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { type LookFilter, type LookRow, readLooks, readStaff } from "./look-store";
import { type LookDto, mayAudit, staffOf } from "./rules";

type Page = { readonly before?: string | undefined; readonly limit?: number | undefined };
export type LookPage = { readonly looks: LookDto[]; readonly next: string | null };

const MOST_ON_A_PAGE = 200;
const ROWS_OF_A_READ = 1000;

/** When staff looked at a customer: for the customer, for those who lead, and for nobody else. Newest first. */
export async function listLooksOfCustomer(
  context: Context,
  customerId: string,
  page: Page = {},
): Promise<Result<LookPage>> {
  const { caller } = context;
  const staff = staffOf(caller);
  const isOwn = caller.kind === "customer" && caller.customerId === customerId;
  if (!isOwn && (staff === null || !mayAudit(staff))) return fail({ code: "not_found" });
  return ok(await pageOf(context, { customerId }, page, isOwn ? forCustomer : forLead));
}

/** Who looked at whom, newest first. For those who lead. */
export async function listLooks(
  context: Context,
  { before, limit, ...filter }: Page & Omit<LookFilter, "before"> = {},
): Promise<Result<LookPage>> {
  if (!isLead(context)) return fail({ code: "not_found" });
  return ok(await pageOf(context, filter, { before, limit }, forLead));
}

/** As `listLooks`, all of a period, for a file. */
export function allLooks(
  context: Context,
  filter: Omit<LookFilter, "before"> = {},
): Result<AsyncIterable<readonly LookDto[]>> {
  return isLead(context) ? ok(parts(context, filter)) : fail({ code: "not_found" });
}

/** Everybody who may look, with how often each did. For those who lead. */
export async function listStaff(
  context: Context,
): Promise<Result<{ userId: string; name: string; right: string; looks: number }[]>> {
  if (!isLead(context)) return fail({ code: "not_found" });
  const rows = await readStaff(context.db);
  return ok(
    rows.map(({ user_id, name, role, looks }) => ({
      userId: user_id,
      name,
      right: role,
      looks: Number(looks),
    })),
  );
}

function isLead({ caller }: Context): boolean {
  const staff = staffOf(caller);
  return staff !== null && mayAudit(staff);
}

async function pageOf(
  { db }: Context,
  filter: LookFilter,
  { before, limit = 50 }: Page,
  dto: (row: LookRow) => LookDto,
): Promise<LookPage> {
  const most = Math.min(Math.max(limit, 1), MOST_ON_A_PAGE);
  const start = before !== undefined && /^\d{1,18}$/.test(before) ? BigInt(before) : undefined;
  const found = await readLooks(db, { ...filter, before: start }, most + 1);
  const shown = found.slice(0, most);
  return {
    looks: shown.map(dto),
    next: found.length > most ? (shown.at(-1)?.lookId.toString() ?? null) : null,
  };
}

async function* parts({ db }: Context, filter: LookFilter): AsyncGenerator<readonly LookDto[]> {
  let before: bigint | undefined;
  for (;;) {
    const found: LookRow[] = await readLooks(db, { ...filter, before }, ROWS_OF_A_READ);
    if (found.length > 0) yield found.map(forLead);
    before = found.at(-1)?.lookId;
    if (before === undefined || found.length < ROWS_OF_A_READ) return;
  }
}

const forLead = ({ lookId, at, staffName, ...row }: LookRow): LookDto => ({
  ...row,
  lookId: lookId.toString(),
  at: at.toISOString(),
  staffName,
});

const forCustomer = (row: LookRow): LookDto => ({
  ...forLead(row),
  staffName: null,
  staffUserId: null,
  address: null,
});
