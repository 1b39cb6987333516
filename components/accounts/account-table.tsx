import { useLocale, useTranslations } from "next-intl";
import { Pill } from "@/components/ui/pill";
import { Table, type Column } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { AccountSummary } from "@/lib/accounts/rules";
import { printCredits } from "@/lib/credits";
import { formatCount, formatCredits } from "@/lib/format";
import { STATE_PILL, stateOfAccount } from "./account-view";
import { accountPath } from "./paths";

/** The SMS accounts of a customer with credits, rule and state. */
export function AccountTable({ accounts }: { accounts: readonly AccountSummary[] }) {
  const t = useTranslations("accounts");
  const locale = useLocale();
  const columns: Column<AccountSummary>[] = [
    {
      key: "account",
      header: t("list.account"),
      rowHeader: true,
      cell: (account) => (
        <>
          <TextLink href={accountPath(account.serviceName)}>{account.name}</TextLink>
          <span className="block text-s font-normal text-ink-3">{account.serviceName}</span>
        </>
      ),
    },
    { key: "rule", header: t("list.rule"), cell: (account) => <RuleText account={account} /> },
    {
      key: "state",
      header: t("list.state"),
      cell: (account) => {
        const state = stateOfAccount(account);
        return <Pill kind={STATE_PILL[state]}>{t(`state.${state}`)}</Pill>;
      },
    },
    {
      key: "credits",
      header: t("list.credits"),
      numeric: true,
      cell: (account) => (
        <span className="text-l font-bold">{formatCredits(locale, printCredits(account.balance))}</span>
      ),
    },
  ];
  return (
    <Table
      caption={t("list.caption")}
      columns={columns}
      rows={accounts}
      rowKey={(account) => account.serviceName}
    />
  );
}

function RuleText({ account }: { account: AccountSummary }) {
  const t = useTranslations("accounts.list");
  const locale = useLocale();
  if (account.threshold === null || account.quantity === null) return <span>{t("ruleOff")}</span>;
  if (account.rule === "suspended") return <span>{t("ruleSuspended")}</span>;
  return (
    <span>
      {t("ruleOn", {
        threshold: formatCredits(locale, printCredits(account.threshold)),
        quantity: formatCount(locale, account.quantity),
      })}
    </span>
  );
}
