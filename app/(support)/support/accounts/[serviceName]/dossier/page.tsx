import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { RuleVersions } from "@/components/recharge/rule-versions";
import { AttemptTable, CredentialTable, SessionTable } from "@/components/support/dossier-tables";
import { staffPath } from "@/components/support/paths";
import { StaffAccountHeader } from "@/components/support/staff-account-header";
import { Card } from "@/components/ui/card";
import { openStaffAccount } from "@/lib/next/staff-account";
import { getDossier } from "@/lib/staff/dossier-service";

export async function generateMetadata({
  params,
}: PageProps<"/support/accounts/[serviceName]/dossier">): Promise<Metadata> {
  const [{ serviceName }, t] = await Promise.all([params, getTranslations("support.account.tabs")]);
  return { title: `${t("dossier")} · ${serviceName}` };
}

/** What only staff see of an account. */
export default async function DossierPage({
  params,
  searchParams,
}: PageProps<"/support/accounts/[serviceName]/dossier">) {
  const [{ serviceName }, search] = await Promise.all([params, searchParams]);
  const { context, key, address, account, asked } = await openStaffAccount(serviceName, search, "dossier");
  const dossier = await getDossier(context, key);
  if (!dossier.ok) notFound();
  const { attempts, credentials, sessions, ruleVersions } = dossier.value;
  const { timeZone } = account;
  const [t, tRule] = await Promise.all([
    getTranslations("support.dossier"),
    getTranslations("recharge.versions"),
  ]);
  return (
    <>
      <StaffAccountHeader account={account} address={address} asked={asked} />
      <div className="grid gap-4">
        <Card title={t("attempts.title")}>
          <AttemptTable
            attempts={attempts}
            timeZone={timeZone}
            orderHref={(orderId) => staffPath("/why", address, { order: orderId })}
          />
        </Card>
        <Card title={t("credentials.title")}>
          <CredentialTable credentials={credentials} timeZone={timeZone} />
        </Card>
        <Card title={tRule("title")}>
          <RuleVersions versions={ruleVersions} timeZone={timeZone} userId={null} />
        </Card>
        <Card title={t("sessions.title")}>
          <SessionTable sessions={sessions} timeZone={timeZone} />
        </Card>
      </div>
    </>
  );
}
