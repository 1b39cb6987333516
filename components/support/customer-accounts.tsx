import { useLocale, useTranslations } from "next-intl";
import { type Column, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { AccountSummary } from "@/lib/accounts/rules";
import { printCredits } from "@/lib/credits";
import { formatCredits } from "@/lib/format";
import { staffPath } from "./paths";

/** One customer's SMS accounts, each leading to what staff see of it. */
export function CustomerAccounts({ accounts }: { accounts: readonly AccountSummary[] }) {
  const t = useTranslations("support");
  const locale = useLocale();
  const columns: Column<AccountSummary>[] = [
    {
      key: "account",
      header: t("balances.account"),
      rowHeader: true,
      cell: (account) => (
        <>
          <TextLink href={staffPath("", account)} prefetch={false}>
            {account.serviceName}
          </TextLink>
          <span className="block text-s font-normal text-ink-3">{account.name}</span>
        </>
      ),
    },
    { key: "rule", header: t("balances.rule"), cell: ({ rule }) => t(`customer.rule.${rule}`) },
    {
      key: "balance",
      header: t("balances.balance"),
      numeric: true,
      cell: ({ balance }) => (
        <span className="font-semibold">{formatCredits(locale, printCredits(balance))}</span>
      ),
    },
  ];
  return (
    <Table
      caption={t("balances.caption")}
      columns={columns}
      rows={accounts}
      rowKey={(account) => account.serviceName}
    />
  );
}
