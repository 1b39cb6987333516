import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { decideCorrectionAction, requestCorrectionAction } from "@/app/(support)/support/corrections/actions";
import { NamespaceMessages } from "@/components/shell/messages";
import { CorrectionDecision } from "@/components/support/correction-decision";
import { CorrectionForm } from "@/components/support/correction-form";
import { CorrectionList } from "@/components/support/correction-list";
import { StaffAccountHeader } from "@/components/support/staff-account-header";
import { Card } from "@/components/ui/card";
import { NeedsScript } from "@/components/ui/needs-script";
import { currentSettings } from "@/lib/env";
import { openStaffAccount } from "@/lib/next/staff-account";
import { listCorrections } from "@/lib/staff/corrections-service";

export async function generateMetadata({
  params,
}: PageProps<"/support/accounts/[serviceName]/corrections">): Promise<Metadata> {
  const [{ serviceName }, t] = await Promise.all([params, getTranslations("support.corrections")]);
  return { title: `${t("title")} · ${serviceName}` };
}

/** The corrections of one account; who has the right to correct finds the form here. */
export default async function AccountCorrectionsPage({
  params,
  searchParams,
}: PageProps<"/support/accounts/[serviceName]/corrections">) {
  const [{ serviceName }, search] = await Promise.all([params, searchParams]);
  const { context, right, key, address, account, asked } = await openStaffAccount(
    serviceName,
    search,
    "corrections",
  );
  const [corrections, t] = await Promise.all([
    listCorrections(context, { key }),
    getTranslations("support.corrections"),
  ]);
  if (!corrections.ok) notFound();
  const mayCorrect = right === "billing";
  return (
    <>
      <StaffAccountHeader account={account} address={address} asked={asked} mayCorrect={mayCorrect} />
      <NamespaceMessages parts={["support.corrections", "problems"]}>
        <div className="grid gap-4">
          {mayCorrect ? <NeedsScript /> : null}
          {mayCorrect ? (
            <Card title={t("propose")}>
              <CorrectionForm
                fourEyesAbove={currentSettings().fourEyesAbove}
                idempotencyKey={`support:${key.serviceName}:after-${corrections.value[0]?.correctionId ?? "0"}`}
                requestAction={requestCorrectionAction.bind(null, key.customerId, key.serviceName)}
              />
            </Card>
          ) : null}
          <Card title={t("title")}>
            <CorrectionList
              corrections={corrections.value}
              decisionOf={({ customerId, correctionId, mayDecide, state }) =>
                mayCorrect && state === "requested" ? (
                  <CorrectionDecision
                    mayApprove={mayDecide}
                    decideAction={decideCorrectionAction.bind(null, customerId, correctionId)}
                  />
                ) : null
              }
            />
          </Card>
        </div>
      </NamespaceMessages>
    </>
  );
}
