import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CheckLine } from "@/components/ledger/check-line";
import { ledgerKinds, readHistoryFilter } from "@/components/ledger/history-address";
import { EntryTable } from "@/components/ledger/entry-table";
import { staffPath } from "@/components/support/paths";
import { StaffAccountHeader } from "@/components/support/staff-account-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { lastCheck } from "@/lib/health/check-service";
import { listHistory } from "@/lib/history/service";
import { openStaffAccount } from "@/lib/next/staff-account";

const ON_A_PAGE = 30;

export async function generateMetadata({
  params,
}: PageProps<"/support/accounts/[serviceName]/history">): Promise<Metadata> {
  const [{ serviceName }, t] = await Promise.all([params, getTranslations("ledger.history")]);
  return { title: `${t("title")} · ${serviceName}` };
}

/** All entries of an account, each with the way to why it happened. */
export default async function StaffHistoryPage({
  params,
  searchParams,
}: PageProps<"/support/accounts/[serviceName]/history">) {
  const [{ serviceName }, search] = await Promise.all([params, searchParams]);
  const { context, key, address, account, asked } = await openStaffAccount(serviceName, search, "history");
  const { before, kind } = readHistoryFilter(search);
  const [page, check, t] = await Promise.all([
    listHistory(context, key, {
      kinds: ledgerKinds(kind),
      before: before ?? undefined,
      limit: ON_A_PAGE,
    }),
    lastCheck(context, key),
    getTranslations("ledger.history"),
  ]);
  if (!page.ok || !check.ok) notFound();
  const { entries, next } = page.value;
  const { timeZone } = account;
  return (
    <>
      <StaffAccountHeader account={account} address={address} asked={asked} />
      {entries.length === 0 ? (
        <EmptyState title={t("emptyEver")} />
      ) : (
        <Card>
          <EntryTable
            entries={entries}
            timeZone={timeZone}
            messageHref={null}
            whyHref={(sequence) => staffPath("/why", address, { movement: sequence })}
          />
          <CheckLine check={check.value} timeZone={timeZone} now={context.now()} />
        </Card>
      )}
      <Pager
        start={before === null ? null : { text: t("newest"), href: staffPath("/history", address) }}
        next={
          next === null
            ? null
            : { text: t("older"), href: staffPath("/history", address, { before: next.toString() }) }
        }
      />
    </>
  );
}
