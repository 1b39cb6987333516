import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NamespaceMessages } from "@/components/shell/messages";
import { BalanceFilterForm } from "@/components/support/balance-filter";
import { BalanceTable } from "@/components/support/balance-table";
import {
  type BalancesAddress,
  balancesPath,
  balancesQuery,
  listOf,
  readBalancesAddress,
} from "@/components/support/balances-address";
import { CheckSummary } from "@/components/support/check-state";
import { HitList } from "@/components/support/hit-list";
import { SearchBox } from "@/components/support/search-box";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { FileLink, TextLink } from "@/components/ui/text-link";
import { checkState } from "@/lib/health/check-service";
import { requireStaffContext } from "@/lib/next/staff-context";
import { searchText } from "@/lib/search-parameters";
import { listBalances } from "@/lib/staff/balances-service";
import { LONGEST_SEARCH } from "@/lib/staff/search-rules";
import { searchEverything } from "@/lib/staff/search-service";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("support");
  return { title: t("title") };
}

/** Any balance: by one field that finds everything, or by the list of those that need a look. */
export default async function SupportPage({ searchParams }: PageProps<"/support">) {
  const { right } = await requireStaffContext();
  const [t, search] = await Promise.all([getTranslations("support"), searchParams]);
  const query = searchText(search, "q", LONGEST_SEARCH).trim();
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("intro")}
        actions={
          <>
            <ButtonLink href="/support/corrections" variant="ghost">
              {t("corrections.title")}
            </ButtonLink>
            {right === "lead" ? (
              <ButtonLink href="/support/audit" variant="ghost">
                {t("audit.title")}
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <NamespaceMessages parts={["support"]}>
        {/* Another address, another text in the field. */}
        <SearchBox key={query} initial={query} autoFocus={Object.keys(search).length === 0} />
      </NamespaceMessages>
      {query === "" ? <SelfCheck /> : null}
      {query === "" ? <Balances address={readBalancesAddress(search)} /> : <Hits query={query} />}
    </>
  );
}

/** What the self-check over all accounts found last. */
async function SelfCheck() {
  const { context } = await requireStaffContext();
  const state = await checkState(context);
  return state.ok ? <CheckSummary state={state.value} now={context.now()} /> : null;
}

const MAX_HITS = 50;

async function Hits({ query }: { query: string }) {
  const { context } = await requireStaffContext();
  const found = await searchEverything(context, { text: query, limit: MAX_HITS });
  if (!found.ok) notFound();
  const t = await getTranslations("support.search");
  if (found.value.length === 0) {
    return (
      <EmptyState
        title={t("nothing", { query })}
        action={<TextLink href="/support">{t("showAll")}</TextLink>}
      />
    );
  }
  return (
    <Card title={t("foundFor", { query })} action={<TextLink href="/support">{t("showAll")}</TextLink>}>
      <HitList hits={found.value} />
    </Card>
  );
}

async function Balances({ address }: { address: BalancesAddress }) {
  const { context, from } = await requireStaffContext();
  const { after } = address;
  const page = await listBalances(context, { ...listOf(address), ...(after !== null && { after }), from });
  if (!page.ok) notFound();
  const { rows, next } = page.value;
  const t = await getTranslations("support.balances");
  return (
    <Card
      title={t("title")}
      action={
        <FileLink href={`/support/export${balancesQuery({ ...address, after: null })}`}>
          {t("csv.link")}
        </FileLink>
      }
    >
      <BalanceFilterForm address={address} />
      {rows.length === 0 ? <EmptyState title={t(`empty.${address.filter}`)} /> : <BalanceTable rows={rows} />}
      <Pager
        start={after === null ? null : { text: t("first"), href: balancesPath({ ...address, after: null }) }}
        next={next === null ? null : { text: t("next"), href: balancesPath({ ...address, after: next }) }}
      />
    </Card>
  );
}
