import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { orderPath, ordersPath, packsPath } from "@/components/accounts/paths";
import { BuyForm } from "@/components/packs/buy-form";
import { PackAnswer } from "@/components/packs/pack-answer";
import { PackQuestion } from "@/components/packs/pack-question";
import { TierTable } from "@/components/packs/tier-table";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { route } from "@/components/ui/route";
import { getAccount } from "@/lib/accounts/service";
import { addCredits, printCredits, wholeCredits } from "@/lib/credits";
import { formatCount, formatCredits, formatInstant, pluralOf } from "@/lib/format";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { hasEnded } from "@/lib/orders/rules";
import { listOrders } from "@/lib/orders/service";
import { printPackAddress, readPackAddress } from "@/lib/packs/address-rules";
import { viewPacks } from "@/lib/packs/service";
import { getPaymentMethod } from "@/lib/payments/service";
import { buyCreditsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("packs.buy");
  return { title: t("title") };
}

export default async function BuyPage({
  params,
  searchParams,
}: PageProps<"/telecom/sms/[serviceName]/packs">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const [account, orders, method, t, tPacks, locale, parameters] = await Promise.all([
    getAccount(context, key),
    listOrders(context, key, { limit: 1 }),
    getPaymentMethod(context, key.customerId),
    getTranslations("packs.buy"),
    getTranslations("packs"),
    getLocale(),
    searchParams,
  ]);
  if (!account.ok || !orders.ok || !method.ok) notFound();
  const { priceList, timeZone, balance, status } = account.value;
  const address = readPackAddress(parameters);
  const { quantity, country } = address;
  const view = await viewPacks(context, { priceList, timeZone, locale, quantity, country });
  if (view === null) notFound();

  const page = packsPath(serviceName);
  const hrefFor = (chosen: number): Route =>
    route(`${page}${printPackAddress({ ...address, list: null, quantity: chosen.toString() })}`);
  const [last] = orders.value.orders;
  const isUnderWay = last !== undefined && last.kind === "purchase" && !hasEnded(last.state);
  const { problem } = parameters;
  const credits = printCredits(balance);
  const quoted = "quote" in view.quoted ? view.quoted.quote : null;
  const link = "font-semibold text-accent underline-offset-4 hover:underline";
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("title")}
        description={t("description", { credits: formatCredits(locale, credits), n: pluralOf(credits) })}
        actions={
          <ButtonLink href={ordersPath(serviceName)} variant="ghost">
            {t("orders")}
          </ButtonLink>
        }
        below={[{ text: t("title") }]}
      />
      {status === "disable" ? <Notice kind="warn">{t("disabled")}</Notice> : null}
      {problem === "conflict" || problem === "price" || problem === "resting" || problem === "failed" ? (
        <Notice kind="warn" announce="alert">
          {t(problem)}
        </Notice>
      ) : null}
      <Card title={tPacks("question")} className="mb-4">
        <PackQuestion action={page} view={view} />
        <PackAnswer view={view} hrefFor={hrefFor}>
          {quoted === null ? null : isUnderWay ? (
            <Notice>
              <p>
                <span>
                  {t("underWay", { order: last.orderId, count: formatCount(locale, last.quantity) })}
                </span>{" "}
                <Link href={orderPath(serviceName, last.orderId)} className={link}>
                  {t("underWayLink")}
                </Link>
              </p>
            </Notice>
          ) : (
            <>
              {method.value === null ? (
                <Notice kind="warn">
                  <p>
                    <span>{t("noMethod")}</span>{" "}
                    <Link href="/account" className={link}>
                      {t("noMethodAction")}
                    </Link>
                  </p>
                </Notice>
              ) : (
                <BuyForm
                  // After a conflict the reader has seen the other purchase: the next press is a purchase of its own.
                  key={typeof parameters["asked"] === "string" ? parameters["asked"] : ""}
                  quote={quoted}
                  idempotencyKey={`panel:${serviceName}:after-${last?.orderId ?? "0"}`}
                  buyAction={buyCreditsAction.bind(null, serviceName)}
                />
              )}
              <p className="mt-3 text-s text-ink-2">
                {method.value === null ? null : (
                  <span>{`${t("method", { card: method.value.label })} `}</span>
                )}
                <span>
                  {t("after", {
                    credits: formatCredits(
                      locale,
                      printCredits(addCredits(balance, wholeCredits(quoted.quantity))),
                    ),
                  })}
                </span>
              </p>
            </>
          )}
          {last === undefined ? null : (
            <p className="mt-1 text-s text-ink-2">
              <Link
                href={orderPath(serviceName, last.orderId)}
                className="underline-offset-4 hover:underline"
              >
                {t("last", {
                  order: last.orderId,
                  count: formatCount(locale, last.quantity),
                  date: formatInstant(locale, timeZone, last.createdAt),
                })}
              </Link>
            </p>
          )}
        </PackAnswer>
      </Card>
      <Card title={tPacks("tiers")}>
        <TierTable view={view} hrefFor={hrefFor} />
      </Card>
    </>
  );
}
