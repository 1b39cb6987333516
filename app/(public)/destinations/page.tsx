import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { DestinationSearch, SEARCH_FIELD } from "@/components/destinations/destination-search";
import { DestinationTable, TABLE } from "@/components/destinations/destination-table";
import { FoundLine } from "@/components/destinations/found-line";
import { RateChanges } from "@/components/destinations/rate-changes";
import { RowFilter } from "@/components/destinations/row-filter";
import { ListEstimatorOpener } from "@/components/messages/list-estimator-opener";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { printAddress, readAddress } from "@/lib/destinations/address-rules";
import { getReader } from "@/lib/destinations/reader-service";
import { viewDestinations } from "@/lib/destinations/service";
import { formatCount, formatCountry, formatDate, formatUnitPrice } from "@/lib/format";
import { panelContext, strangerContext } from "@/lib/next/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("destinations");
  return { title: t("title"), robots: { index: true } };
}

export default async function DestinationsPage({ searchParams }: PageProps<"/destinations">) {
  const [t, locale, all, parameters] = await Promise.all([
    getTranslations("destinations"),
    getLocale(),
    getMessages(),
    searchParams,
  ]);
  const address = readAddress(parameters);
  const reader = await getReader(await panelContext(), locale, address.account);
  const view = await viewDestinations(strangerContext(), address, reader);
  if (view === null) return <EmptyState title={t("none")} />;
  const day = (date: string) => formatDate(locale, "UTC", `${date}T00:00:00Z`);
  const csvHref = `/destinations/export${printAddress(address)}`;
  const link = "font-semibold text-accent underline-offset-4 hover:underline";
  return (
    <div className="mx-auto w-full max-w-270">
      <PageHeader
        title={t("title")}
        description={t("intro", {
          count: formatCount(locale, view.rows.length),
          country: formatCountry(locale, view.list.priceList.toUpperCase()),
          date: view.date === view.today ? t("today") : t("on", { date: day(view.date) }),
        })}
      />
      <Card className="mb-4">
        <DestinationSearch
          address={address}
          view={view}
          accounts={reader.accounts}
          account={reader.account?.serviceName ?? null}
        />
        <RowFilter fieldId={SEARCH_FIELD} tableId={TABLE} drawnFor={address.query} />
      </Card>
      <Card className="mb-4 print:hidden">
        <ListEstimatorOpener
          title={t("estimator.title")}
          intro={t("estimator.intro")}
          loading={t("estimator.loading")}
          locale={locale}
          messages={{
            destinations: { estimator: all.destinations.estimator },
            messages: { send: all.messages.send },
          }}
          priceList={view.list.priceList}
          pack={view.tier?.quantityMin ?? address.quantity}
          date={view.date}
        />
        <noscript>
          <p className="text-s text-ink-3">{t("estimator.noScript")}</p>
        </noscript>
      </Card>
      {view.changes === null ? null : (
        <Card className="mb-4">
          <RateChanges changes={view.changes} from={address.against ?? view.date} to={view.date} />
        </Card>
      )}
      <Card>
        <div className="mb-2 flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
          <div>
            <FoundLine view={view} address={address} />
            {view.tier === null ? null : (
              <p className="text-s text-ink-3">
                {t("moneyNote", {
                  count: formatCount(locale, address.quantity),
                  price: formatUnitPrice(locale, view.tier.unitPrice, view.list.currency),
                })}
              </p>
            )}
          </div>
          <p className="flex flex-wrap gap-x-4 text-s print:hidden">
            {address.query === "" ? null : (
              <Link
                href={`/destinations${printAddress({ ...address, query: "" })}`}
                scroll={false}
                prefetch={false}
                className={link}
              >
                {t("clear")}
              </Link>
            )}
            <a href={csvHref} download className={link}>
              {t("csv")}
            </a>
          </p>
        </div>
        <DestinationTable view={view} address={address} />
        <Details summary={t("notServed", { count: view.notServed.length })} className="mt-4">
          <p className="mb-2">{t("notServedText")}</p>
          <ul className="columns-2 text-s sm:columns-3">
            {view.notServed.map(({ country, name }) => (
              <li key={country}>
                <span>{name}</span> <span className="text-ink-3">{country}</span>
              </li>
            ))}
          </ul>
        </Details>
      </Card>
    </div>
  );
}
