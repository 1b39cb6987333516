import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NamespaceMessages } from "@/components/shell/messages";
import { CorrectionDecision } from "@/components/support/correction-decision";
import { CorrectionList } from "@/components/support/correction-list";
import { Card } from "@/components/ui/card";
import { NeedsScript } from "@/components/ui/needs-script";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { requireStaffContext } from "@/lib/next/staff-context";
import { recordAccessToListed } from "@/lib/staff/access-log-service";
import { listCorrections } from "@/lib/staff/corrections-service";
import { decideCorrectionAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("support.corrections");
  return { title: t("title") };
}

/** The corrections that wait for somebody else's approval. */
export default async function CorrectionsPage() {
  const { context, right, from } = await requireStaffContext();
  const [waiting, t, tSupport] = await Promise.all([
    listCorrections(context, { state: "requested" }),
    getTranslations("support.corrections"),
    getTranslations("support"),
  ]);
  if (!waiting.ok) notFound();
  const customerIds = waiting.value.map(({ customerId }) => customerId);
  const recorded = await recordAccessToListed(context, { customerIds, what: "corrections", from });
  if (!recorded.ok) notFound();
  return (
    <>
      <Breadcrumb
        label={tSupport("account.breadcrumb")}
        crumbs={[{ text: tSupport("title"), href: "/support" }, { text: t("title") }]}
      />
      <PageHeader title={t("title")} description={t(right === "billing" ? "intro" : "introOthers")} />
      {right === "billing" ? <NeedsScript /> : null}
      <Card title={t("waiting")}>
        <NamespaceMessages parts={["support.corrections"]}>
          <CorrectionList
            corrections={waiting.value}
            decisionOf={({ customerId, correctionId, mayDecide }) =>
              right === "billing" ? (
                <CorrectionDecision
                  mayApprove={mayDecide}
                  decideAction={decideCorrectionAction.bind(null, customerId, correctionId)}
                />
              ) : null
            }
          />
        </NamespaceMessages>
      </Card>
    </>
  );
}
