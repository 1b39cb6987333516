import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { historyPath, messagePath } from "@/components/accounts/paths";
import { historyQuery, ledgerKinds, readHistoryFilter } from "@/components/ledger/history-address";
import { CheckLine } from "@/components/ledger/check-line";
import { HistoryFilterForm } from "@/components/ledger/history-filter";
import { EntryTable } from "@/components/ledger/entry-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { route } from "@/components/ui/route";
import { FileLink } from "@/components/ui/text-link";
import { getAccount } from "@/lib/accounts/service";
import { dayIn } from "@/lib/day";
import { lastCheck } from "@/lib/health/check-service";
import { listHistory } from "@/lib/history/service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { instantsOf, periodProblem } from "@/lib/period";

const ON_A_PAGE = 30;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("history.title") };
}

export default async function HistoryPage({
  params,
  searchParams,
}: PageProps<"/telecom/sms/[serviceName]/history">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const account = await getAccount(context, key);
  if (!account.ok) notFound();
  const { timeZone } = account.value;
  const filter = readHistoryFilter(await searchParams);
  const problem = periodProblem(filter);
  const page = await listHistory(context, key, {
    ...(problem === null ? instantsOf(filter, timeZone) : {}),
    kinds: ledgerKinds(filter.kind),
    before: filter.before ?? undefined,
    limit: ON_A_PAGE,
  });
  const check = await lastCheck(context, key);
  if (!page.ok || !check.ok) notFound();

  const [t, locale] = await Promise.all([getTranslations("ledger.history"), getLocale()]);
  const { entries, next } = page.value;
  const isFiltered = filter.kind !== null || filter.from !== "" || filter.to !== "";
  const pageFrom = (before: typeof next) =>
    route(`/telecom/sms/${serviceName}/history?${historyQuery({ ...filter, before }).slice(1)}`);
  const csv = `/telecom/sms/${serviceName}/history/export`;
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("title")}
        below={[{ text: t("title") }]}
        actions={
          problem === null ? (
            <>
              <FileLink href={csv + historyQuery({ ...filter, before: null })}>{t("download")}</FileLink>
              {locale === "en" ? null : (
                <FileLink href={csv + historyQuery({ ...filter, before: null }, { style: "sheet" })}>
                  {t("downloadSheet")}
                </FileLink>
              )}
            </>
          ) : undefined
        }
      />
      <HistoryFilterForm
        path={historyPath(serviceName)}
        filter={filter}
        today={dayIn(timeZone, context.now())}
        problem={problem}
      />
      {entries.length === 0 ? (
        <EmptyState title={isFiltered ? t("empty") : t("emptyEver")} />
      ) : (
        <Card>
          <EntryTable
            entries={entries}
            timeZone={timeZone}
            messageHref={(messageId) => messagePath(serviceName, messageId)}
          />
          <CheckLine check={check.value} timeZone={timeZone} now={context.now()} />
        </Card>
      )}
      <Pager
        start={filter.before === null ? null : { text: t("newest"), href: pageFrom(null) }}
        next={next === null ? null : { text: t("older"), href: pageFrom(next) }}
      />
    </>
  );
}
