import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DecisionForm } from "@/components/credentials/decision-form";
import { RuleList } from "@/components/credentials/rule-list";
import { allowsAll } from "@/components/credentials/views";
import { NamespaceMessages } from "@/components/shell/messages";
import { Card } from "@/components/ui/card";
import { NeedsScript } from "@/components/ui/needs-script";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { getCredentialRequest } from "@/lib/credentials/service";
import { requirePanelContext } from "@/lib/next/context";
import { callsGrantedBy } from "@/lib/ovh/console-calls";
import { searchText } from "@/lib/search-parameters";
import { decideCredentialAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("credentials.validate");
  return { title: t("title") };
}

/** Where a customer allows or refuses what an application asks for. */
export default async function ValidatePage({ searchParams }: PageProps<"/auth-validate">) {
  const context = await requirePanelContext();
  const token = searchText(await searchParams, "credentialToken");
  const [t, tConsole, request] = await Promise.all([
    getTranslations("credentials.validate"),
    getTranslations("console"),
    getCredentialRequest(context, token),
  ]);
  if (!request.ok) {
    const isStaff = request.failure.code === "not_allowed";
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice kind="warn" title={isStaff ? t("staff") : t("missing")}>
          {isStaff ? null : t("missingText")}
        </Notice>
      </>
    );
  }
  const { value: credential } = request;
  if (credential.state !== "pending" || context.caller.kind !== "customer") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice kind="warn" title={t("over")}>
          {t("overText")}
        </Notice>
      </>
    );
  }
  const { applicationName, applicationDescription, redirection, rules } = credential;
  const isAll = allowsAll(rules);
  const granted = isAll ? [] : callsGrantedBy(rules);
  const canWrite = isAll || rules.some(({ method }) => method !== "GET");
  return (
    <>
      <PageHeader title={t("title")} />
      <Card className="max-w-160">
        <p className="mb-2 text-l">
          {t("who", { name: applicationName, customer: context.caller.customerId })}
        </p>
        {applicationDescription === "" ? null : <p className="mb-4 text-ink-2">{applicationDescription}</p>}
        <h2 className="mb-1 font-semibold">{t("asks")}</h2>
        {isAll ? (
          <p className="mb-3">{t("allCalls")}</p>
        ) : (
          <ul className="mb-3 list-disc pl-5">
            {granted.map(({ id, method }) => (
              <li key={id}>
                <span>{tConsole(`summaries.${id}` as Parameters<typeof tConsole>[0])}</span>
                {method === "GET" ? null : <span className="ml-2 text-s text-warn">{tConsole("write")}</span>}
              </li>
            ))}
          </ul>
        )}
        <p className="text-s text-ink-2">{t("rules")}</p>
        <div className="mb-4">
          <RuleList rules={rules} />
        </div>
        {canWrite ? <Notice kind="warn">{isAll ? t("warnAll") : t("warnSpend")}</Notice> : null}
        <NeedsScript />
        <NamespaceMessages parts={["credentials"]}>
          <DecisionForm
            name={applicationName}
            redirectionHost={redirection === null ? null : new URL(redirection).host}
            decideAction={decideCredentialAction.bind(null, token)}
          />
        </NamespaceMessages>
      </Card>
    </>
  );
}
