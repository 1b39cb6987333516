import { getTimeZone, getTranslations } from "next-intl/server";
import { readAuditAddress } from "@/components/support/audit-address";
import { type CsvCell, csvFile } from "@/lib/csv";
import { staffFileRequest } from "@/lib/next/staff-context";
import { instantsOf, periodProblem } from "@/lib/period";
import { exportAccessLog } from "@/lib/staff/audit-service";
import type { StaffAccessDto } from "@/lib/staff/rules";

const COLUMNS = [
  "at",
  "staffName",
  "staffUserId",
  "staffRight",
  "customerId",
  "serviceName",
  "what",
  "ticket",
  "address",
] as const;

/** What the page of the audit lists at the same address, all of it, as a file. */
export async function GET(request: Request): Promise<Response> {
  const staff = await staffFileRequest();
  if (staff instanceof Response) return staff;
  const address = readAuditAddress(Object.fromEntries(new URL(request.url).searchParams));
  if (periodProblem(address) !== null) return new Response(null, { status: 400 });
  const accesses = exportAccessLog(staff.context, {
    ...instantsOf(address, await getTimeZone()),
    staffUserId: address.person ?? undefined,
    customerId: address.customer ?? undefined,
  });
  if (!accesses.ok) return new Response(null, { status: 404 });
  const t = await getTranslations("support.audit.csv");
  const header = COLUMNS.map((name) => ({ text: t(name) }));
  const asked = [address.from, address.to, address.person, address.customer];
  const name = [t("file"), ...asked].filter((part) => part !== null && /^[\w-]+$/.test(part)).join("-");
  return csvFile(name, header, accesses.value, cellsOf);
}

const cellsOf = (access: StaffAccessDto): CsvCell[] =>
  COLUMNS.map((name) => {
    const value = access[name];
    return value === null ? null : { text: value };
  });
