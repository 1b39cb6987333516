import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { historyPath, messagePath, packsPath, rulePath, sendPath } from "@/components/accounts/paths";
import { CheckLine } from "@/components/ledger/check-line";
import { AccountOverview } from "@/components/pages/account-overview";
import { ButtonLink } from "@/components/ui/button-link";
import { route } from "@/components/ui/route";
import { lastCheck } from "@/lib/health/check-service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { getOverview } from "@/lib/overview/service";

export async function generateMetadata({
  params,
}: PageProps<"/telecom/sms/[serviceName]">): Promise<Metadata> {
  return { title: (await params).serviceName };
}

export default async function AccountPage({ params, searchParams }: PageProps<"/telecom/sms/[serviceName]">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const [overview, check] = await Promise.all([getOverview(context, key), lastCheck(context, key)]);
  if (!overview.ok || !check.ok) notFound();
  const { name, timeZone } = overview.value.account;
  const t = await getTranslations("accounts.overview");
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={name}
        actions={<ButtonLink href={sendPath(serviceName)}>{t("send")}</ButtonLink>}
      />
      <AccountOverview
        overview={overview.value}
        links={{
          history: historyPath(serviceName),
          table: route(`/telecom/sms/${serviceName}?table=days`),
          rule: rulePath(serviceName),
          payment: "/account",
          message: (messageId) => messagePath(serviceName, messageId),
          pack: (quantity) => route(`${packsPath(serviceName)}?quantity=${quantity.toString()}`),
        }}
        isTableOpen={(await searchParams)["table"] === "days"}
        check={<CheckLine check={check.value} timeZone={timeZone} now={context.now()} />}
      />
    </>
  );
}
