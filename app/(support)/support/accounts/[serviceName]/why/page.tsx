import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { OrderTable } from "@/components/orders/order-table";
import { CopyText } from "@/components/support/copy-text";
import { staffPath } from "@/components/support/paths";
import { StaffAccountHeader } from "@/components/support/staff-account-header";
import { askedAbout, isQuestion } from "@/components/support/why-address";
import { WhyForm } from "@/components/support/why-form";
import { WhyChain, WhyState } from "@/components/support/why-story";
import { Card, CardGrid } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { route } from "@/components/ui/route";
import { Unbroken } from "@/components/ui/unbroken";
import { minuteIn } from "@/lib/day";
import { reasonOf } from "@/lib/explain/explain-rules";
import { explainMoment, type Explained } from "@/lib/explain/service";
import { explanationText, lineText, verdictText } from "@/lib/i18n/explanation-text";
import { LOCALE_NAMES } from "@/lib/i18n/locales";
import { openStaffAccount } from "@/lib/next/staff-account";
import { listOrders } from "@/lib/orders/service";
import { searchText } from "@/lib/search-parameters";

const MAX_ORDERS = 8;

export async function generateMetadata({
  params,
}: PageProps<"/support/accounts/[serviceName]/why">): Promise<Metadata> {
  const [{ serviceName }, t] = await Promise.all([params, getTranslations("explain.page")]);
  return { title: `${t("title")} · ${serviceName}` };
}

/** Why an account was charged, or was not: at an instant, or about an entry, an order or a line of the decision log. */
export default async function WhyPage({
  params,
  searchParams,
}: PageProps<"/support/accounts/[serviceName]/why">) {
  const [{ serviceName }, search] = await Promise.all([params, searchParams]);
  const opened = await openStaffAccount(serviceName, search, "explanation");
  const { context, key, address, account } = opened;
  const { timeZone } = account;
  const asked = askedAbout(search, timeZone, context.now());
  const [explained, orders, t] = await Promise.all([
    asked === null ? null : explainMoment(context, key, asked),
    listOrders(context, key, { limit: MAX_ORDERS }),
    getTranslations("explain.page"),
  ]);
  const told = explained?.ok === true ? explained.value : null;
  const shownAt = told === null ? context.now() : new Date(told.state.at);
  const recent = orders.ok ? orders.value.orders : [];
  const choice = (
    <Card title={t("orders")} className="mb-4">
      {recent.length === 0 ? (
        <p className="text-ink-2">{t("noOrders")}</p>
      ) : (
        <OrderTable
          orders={recent}
          timeZone={timeZone}
          hrefOf={(orderId) => staffPath("/why", address, { order: orderId })}
          linkNote={t("why")}
        />
      )}
    </Card>
  );
  return (
    <>
      <StaffAccountHeader account={account} address={address} asked={opened.asked} />
      <h2 className="text-l font-semibold">{t("title")}</h2>
      <p className="mb-4 text-ink-2">{t("intro")}</p>
      <WhyForm
        path={route(`/support/accounts/${serviceName}/why`)}
        address={address}
        minute={minuteIn(timeZone, shownAt)}
        timeZone={timeZone}
        typed={asked === null ? searchText(search, "at") : null}
      />
      {/* Who has asked nothing yet has most often an order in mind. */}
      {isQuestion(search) ? null : choice}
      {asked !== null && told === null ? <Notice kind="warn">{t("notFound")}</Notice> : null}
      {told === null ? null : <Answer told={told} />}
      {isQuestion(search) ? choice : null}
    </>
  );
}

/** The answer in the reader's language, how the account stood, what happened, and the letter in the customer's. */
async function Answer({ told }: { told: Explained }) {
  const { timeZone } = told.account;
  const [t, tOwn, tLetter, locale] = await Promise.all([
    getTranslations("explain.page"),
    getTranslations("explain"),
    getTranslations({ locale: told.language, namespace: "explain" }),
    getLocale(),
  ]);
  const reader = { locale, timeZone };
  const reason = reasonOf(told.steps);
  return (
    <>
      <Notice title={verdictText(tOwn, reader, told.verdict)}>
        {reason === null ? null : (
          <p>
            <Unbroken text={lineText(tOwn, reader, reason)} />
          </p>
        )}
      </Notice>
      <CardGrid columns={2}>
        <Card title={t("then")}>
          <WhyState state={told.state} reader={reader} />
        </Card>
        <Card title={t("letter")}>
          <p className="mb-3 text-s text-ink-3">
            {t("letterIntro", { language: LOCALE_NAMES[told.language] })}
          </p>
          <CopyText
            language={told.language}
            text={explanationText(tLetter, { locale: told.language, timeZone }, told)}
            labels={{ copy: t("copy"), copied: t("copied"), failed: t("copyFailed") }}
          />
        </Card>
      </CardGrid>
      <Card title={t("chain")} className="mb-4">
        <WhyChain steps={told.steps} reader={reader} />
      </Card>
    </>
  );
}
