import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { packsPath } from "@/components/accounts/paths";
import { PackAnswer } from "@/components/packs/pack-answer";
import { PackQuestion } from "@/components/packs/pack-question";
import { TierTable } from "@/components/packs/tier-table";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { route } from "@/components/ui/route";
import { getReader } from "@/lib/destinations/reader-service";
import { choosePriceList } from "@/lib/destinations/service";
import { formatCountry } from "@/lib/format";
import { panelContext, strangerContext } from "@/lib/next/context";
import { printPackAddress, readPackAddress } from "@/lib/packs/address-rules";
import { viewPacks } from "@/lib/packs/service";
import { priceListNames } from "@/lib/prices/service";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("packs");
  return { title: t("title"), description: t("intro"), robots: { index: true } };
}

export default async function PacksPage({ searchParams }: PageProps<"/packs">) {
  const [t, tPrices, locale, parameters] = await Promise.all([
    getTranslations("packs"),
    getTranslations("prices"),
    getLocale(),
    searchParams,
  ]);
  const address = readPackAddress(parameters);
  const context = strangerContext();
  const [reader, lists] = await Promise.all([
    getReader(await panelContext(), locale, null),
    priceListNames(context),
  ]);
  const priceList = choosePriceList(lists, address.list, reader);
  const { timeZone, account } = reader;
  const { quantity, country } = address;
  const view =
    priceList === null ? null : await viewPacks(context, { priceList, timeZone, locale, quantity, country });
  if (view === null) return <EmptyState title={t("none")} />;
  const hrefFor = (chosen: number): Route =>
    `/packs${printPackAddress({ ...address, quantity: chosen.toString() })}`;
  const isOwnList = account !== null && view.list.priceList === reader.priceList;
  return (
    <div className="mx-auto w-full max-w-270">
      <PageHeader title={t("title")} description={t("intro")} />
      <Card title={t("question")} className="mb-4">
        <PackQuestion action="/packs" view={view} lists={lists} />
        <PackAnswer view={view} hrefFor={hrefFor}>
          {isOwnList ? (
            <ButtonLink
              href={route(`${packsPath(account.serviceName)}?quantity=${view.asked}&to=${view.country}`)}
            >
              {t("buyFor", { account: account.name })}
            </ButtonLink>
          ) : reader.accounts.length === 0 ? (
            <ButtonLink href="/telecom">{t("signIn")}</ButtonLink>
          ) : null}
        </PackAnswer>
      </Card>
      <Card
        title={t("tiersOf", {
          list: tPrices("listOf", {
            country: formatCountry(locale, view.list.priceList.toUpperCase()),
            currency: view.list.currency,
          }),
        })}
      >
        <TierTable view={view} hrefFor={hrefFor} />
      </Card>
    </div>
  );
}
