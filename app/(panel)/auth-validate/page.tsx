import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DecisionForm } from "@/components/credentials/decision-form";
import { RuleList } from "@/components/credentials/rule-list";
import { allowsAll } from "@/components/credentials/views";
import { Messages } from "@/components/shell/messages";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { getCredentialRequest, type Credential } from "@/lib/credentials/service";
import { requirePanelContext } from "@/lib/next/context";
import { decideCredentialAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("credentials.validate");
  return { title: t("title") };
}

/** Where a customer allows or refuses what an application asks for. */
export default async function ValidatePage({ searchParams }: PageProps<"/auth-validate">) {
  const context = await requirePanelContext();
  const { credentialToken } = await searchParams;
  const token = typeof credentialToken === "string" ? credentialToken.slice(0, 100) : "";
  const [t, request] = await Promise.all([
    getTranslations("credentials.validate"),
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
  const { applicationName, applicationDescription, redirection } = credential;
  return (
    <>
      <PageHeader title={t("title")} />
      <Card className="max-w-160">
        <p className="mb-2 text-l">
          {t("who", { name: applicationName, customer: context.caller.customerId })}
        </p>
        {applicationDescription === "" ? null : <p className="mb-4 text-ink-2">{applicationDescription}</p>}
        <h2 className="mb-1 font-semibold">{t("asks")}</h2>
        <div className="mb-4">
          <p className="mb-1 text-ink-2">{asked(credential, t)}</p>
          <RuleList rules={credential.rules} />
        </div>
        <Warning credential={credential} texts={{ all: t("warnAll"), spend: t("warnSpend") }} />
        <Messages namespaces={["credentials"]}>
          <DecisionForm
            name={applicationName}
            redirectionHost={redirection === null ? null : new URL(redirection).host}
            decideAction={decideCredentialAction.bind(null, token)}
          />
        </Messages>
      </Card>
    </>
  );
}

const METHODS = ["GET", "POST", "PUT", "DELETE", "*"] as const;

/** The kinds of what is asked, in words: "read, execute and send". */
function asked(
  { rules }: Credential,
  t: Awaited<ReturnType<typeof getTranslations<"credentials.validate">>>,
): string {
  return METHODS.filter((method) => rules.some((rule) => rule.method === method))
    .map((method) => t(`method.${method === "*" ? "ALL" : method}`))
    .join(", ");
}

function Warning({ credential, texts }: { credential: Credential; texts: { all: string; spend: string } }) {
  const { rules } = credential;
  const canWrite = rules.some(({ method }) => method !== "GET");
  if (!canWrite) return null;
  return <Notice kind="warn">{allowsAll(rules) ? texts.all : texts.spend}</Notice>;
}
