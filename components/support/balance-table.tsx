import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Pill } from "@/components/ui/pill";
import { type Column, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatCount, formatCredits, formatInstant } from "@/lib/format";
import type { BalanceRow } from "@/lib/staff/rules";
import { customerPath, staffPath } from "./paths";
import { troublesOf } from "./troubles";

/** Accounts of any customer, each with what staff should know of it first. */
export function BalanceTable({ rows }: { rows: readonly BalanceRow[] }) {
  const t = useTranslations("support.balances");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const columns: Column<BalanceRow>[] = [
    {
      key: "account",
      header: t("account"),
      rowHeader: true,
      cell: (row) => (
        <>
          <TextLink href={staffPath("", row)} prefetch={false}>
            {row.serviceName}
          </TextLink>
          <span className="block text-s font-normal text-ink-3">{row.name}</span>
        </>
      ),
    },
    {
      key: "customer",
      header: t("customer"),
      cell: (row) => (
        <>
          <TextLink href={customerPath(row.customerId)} prefetch={false}>
            {row.customerName}
          </TextLink>
          <span className="block text-s text-ink-3">{row.customerId}</span>
        </>
      ),
    },
    { key: "state", header: t("state"), cell: (row) => <Troubles row={row} /> },
    { key: "rule", header: t("rule"), cell: (row) => <RuleText row={row} /> },
    {
      key: "last",
      header: t("last"),
      cell: ({ lastEntryAt }) => (
        <span className="text-s whitespace-nowrap text-ink-2">
          {lastEntryAt === null ? "—" : formatInstant(locale, timeZone, lastEntryAt)}
        </span>
      ),
    },
    {
      key: "balance",
      header: t("balance"),
      numeric: true,
      cell: (row) => <span className="font-semibold">{formatCredits(locale, row.balance)}</span>,
    },
  ];
  return (
    <Table
      caption={t("caption")}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.customerId} ${row.serviceName}`}
    />
  );
}

function Troubles({ row }: { row: BalanceRow }) {
  const t = useTranslations("support.balances");
  const troubles = troublesOf(row);
  if (troubles.length === 0) return <Pill kind="good">{t("trouble.none")}</Pill>;
  return (
    <span className="flex flex-wrap gap-1 max-sm:justify-end">
      {troubles.map(({ name, kind }) => (
        <Pill key={name} kind={kind}>
          {t(`trouble.${name}`, { hours: row.hoursLeft ?? 0 })}
        </Pill>
      ))}
    </span>
  );
}

function RuleText({ row }: { row: BalanceRow }) {
  const t = useTranslations("support.balances");
  const locale = useLocale();
  if (row.rule === "off" || row.threshold === null || row.quantity === null) {
    return <span>{t("ruleOff")}</span>;
  }
  return (
    <span>
      {t("ruleOn", {
        threshold: formatCredits(locale, row.threshold),
        quantity: formatCount(locale, row.quantity),
      })}
    </span>
  );
}
