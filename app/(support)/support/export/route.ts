import { getTranslations } from "next-intl/server";
import { listOf, readBalancesAddress } from "@/components/support/balances-address";
import { type CsvCell, csvFile } from "@/lib/csv";
import { staffFileRequest } from "@/lib/next/staff-context";
import { allBalances } from "@/lib/staff/balances-service";
import type { BalanceRow } from "@/lib/staff/rules";

const COLUMNS = [
  "customer",
  "customerName",
  "account",
  "name",
  "balance",
  "rule",
  "threshold",
  "quantity",
  "suspension",
  "declines",
  "spentWeek",
  "hoursLeft",
  "last",
] as const;

/** What the page of balances lists at the same address, all of it, as a file. */
export async function GET(request: Request): Promise<Response> {
  const staff = await staffFileRequest();
  if (staff instanceof Response) return staff;
  const address = readBalancesAddress(Object.fromEntries(new URL(request.url).searchParams));
  const balances = allBalances(staff.context, { ...listOf(address), from: staff.from });
  if (!balances.ok) return new Response(null, { status: 404 });
  const t = await getTranslations("support.balances");
  const header = COLUMNS.map((name) => ({ text: t(`csv.${name}`) }));
  const day = staff.context.now().toISOString().slice(0, 10);
  return csvFile(`${t("csv.file")}-${address.filter}-${day}`, header, balances.value, cellsOf);
}

const text = (value: string | null): CsvCell => (value === null ? null : { text: value });
const amount = (value: string | number | null): CsvCell =>
  value === null ? null : { amount: value.toString() };

const cellsOf = (row: BalanceRow): CsvCell[] => [
  text(row.customerId),
  text(row.customerName),
  text(row.serviceName),
  text(row.name),
  amount(row.balance),
  text(row.rule),
  amount(row.threshold),
  amount(row.quantity),
  text(row.suspensionReason),
  amount(row.declines),
  amount(row.spentLastWeek),
  amount(row.hoursLeft),
  text(row.lastEntryAt),
];
