import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { CopyText } from "@/components/support/copy-text";
import { askedAbout } from "@/components/support/why-address";
import { WhyForm } from "@/components/support/why-form";
import { WhyChain, WhyState } from "@/components/support/why-story";
import { Card, CardGrid } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { route } from "@/components/ui/route";
import { getAccount } from "@/lib/accounts/service";
import { minuteIn } from "@/lib/day";
import { explanationText } from "@/lib/i18n/explanation-text";
import { LOCALE_NAMES } from "@/lib/i18n/locales";
import { requireStaffContext } from "@/lib/next/staff-context";
import { explainToStaff } from "@/lib/staff/explain-service";
import { findAccount } from "@/lib/staff/search-service";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("explain.page");
  return { title: t("title") };
}

/** Why an account was charged, or was not: at an instant, or about a movement, an order or a line of the decision log. */
export default async function WhyPage({
  params,
  searchParams,
}: PageProps<"/support/accounts/[serviceName]/why">) {
  const { context, from } = await requireStaffContext();
  const [{ serviceName }, query] = await Promise.all([params, searchParams]);
  const customer = typeof query["customer"] === "string" ? query["customer"] : undefined;
  const key = await findAccount(context, serviceName, customer);
  if (!key.ok) notFound();
  const account = await getAccount(context, key.value);
  if (!account.ok) notFound();
  const { timeZone } = account.value;
  const asked = askedAbout(query, timeZone, context.now());
  const explained = asked === null ? null : await explainToStaff(context, key.value, asked, { from });
  const [t, tSupport, tUi, locale] = await Promise.all([
    getTranslations("explain.page"),
    getTranslations("support"),
    getTranslations("ui"),
    getLocale(),
  ]);
  const told = explained?.ok === true ? explained.value : null;
  const shownAt = told === null ? context.now() : new Date(told.state.at);
  const reader = { locale, timeZone };
  return (
    <>
      <Breadcrumb
        label={tUi("breadcrumb")}
        crumbs={[
          { text: tSupport("title"), href: "/support" },
          { text: account.value.customerName },
          { text: serviceName },
        ]}
      />
      <PageHeader title={t("title")} description={t("intro")} />
      <WhyForm
        path={route(`/support/accounts/${serviceName}/why`)}
        customer={customer}
        minute={minuteIn(timeZone, shownAt)}
        timeZone={timeZone}
        typed={asked === null && typeof query["at"] === "string" ? query["at"] : null}
      />
      {asked !== null && told === null ? <Notice kind="warn">{t("notFound")}</Notice> : null}
      {told === null ? null : (
        <>
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
                text={explanationText(
                  await getTranslations({ locale: told.language, namespace: "explain" }),
                  { locale: told.language, timeZone },
                  told,
                )}
                labels={{ copy: t("copy"), copied: t("copied"), failed: t("copyFailed") }}
              />
            </Card>
          </CardGrid>
          <Card title={t("chain")}>
            <WhyChain steps={told.steps} reader={reader} />
          </Card>
        </>
      )}
      <p className="mt-4 text-s text-ink-3">{t("readOnly")}</p>
    </>
  );
}
