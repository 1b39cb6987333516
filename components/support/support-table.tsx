import { useLocale, useTranslations } from "next-intl";
import { Table, type Column } from "@/components/ui/table";
import type { AccountDetail } from "@/lib/accounts/rules";
import { printCredits } from "@/lib/credits";
import { formatCount, formatCredits } from "@/lib/format";

/** Any customer's accounts with balance and rule, for staff. */
export function SupportTable({ accounts }: { accounts: readonly AccountDetail[] }) {
  const t = useTranslations("support");
  const locale = useLocale();
  const columns: Column<AccountDetail>[] = [
    {
      key: "account",
      header: t("account"),
      rowHeader: true,
      cell: (account) => (
        <>
          {account.serviceName}
          <span className="block text-s font-normal text-ink-3">{account.name}</span>
        </>
      ),
    },
    {
      key: "customer",
      header: t("customer"),
      cell: (account) => (
        <>
          {account.customerName}
          <span className="block text-s text-ink-3">{account.customerId}</span>
        </>
      ),
    },
    { key: "rule", header: t("rule"), cell: (account) => <RuleText account={account} /> },
    {
      key: "balance",
      header: t("balance"),
      numeric: true,
      cell: (account) => (
        <span className="font-semibold">{formatCredits(locale, printCredits(account.balance))}</span>
      ),
    },
  ];
  return (
    <Table
      caption={t("caption")}
      columns={columns}
      rows={accounts}
      rowKey={(account) => `${account.customerId} ${account.serviceName}`}
    />
  );
}

function RuleText({ account }: { account: AccountDetail }) {
  const t = useTranslations("support");
  const locale = useLocale();
  if (account.threshold === null || account.quantity === null) return t("ruleOff");
  if (account.rule === "suspended") return t("ruleSuspended");
  return t("ruleOn", {
    threshold: formatCredits(locale, printCredits(account.threshold)),
    quantity: formatCount(locale, account.quantity),
  });
}
