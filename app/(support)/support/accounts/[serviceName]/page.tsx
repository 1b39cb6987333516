import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CheckLine } from "@/components/ledger/check-line";
import { AccountOverview } from "@/components/pages/account-overview";
import { RechargeRecord } from "@/components/pages/recharge-record";
import { staffPath } from "@/components/support/paths";
import { StaffAccountHeader } from "@/components/support/staff-account-header";
import { lastCheck } from "@/lib/health/check-service";
import { openStaffAccount } from "@/lib/next/staff-account";
import { getOverview } from "@/lib/overview/service";
import { listDecisions, listRecharges } from "@/lib/recharge/history-service";

const MAX_SHOWN = 20;

export async function generateMetadata({
  params,
}: PageProps<"/support/accounts/[serviceName]">): Promise<Metadata> {
  const [{ serviceName }, t] = await Promise.all([params, getTranslations("support")]);
  return { title: `${serviceName} · ${t("title")}` };
}

/** An account as its customer sees it, in the language of who looks, and without a way to change anything. */
export default async function StaffAccountPage({
  params,
  searchParams,
}: PageProps<"/support/accounts/[serviceName]">) {
  const [{ serviceName }, search] = await Promise.all([params, searchParams]);
  const { context, key, address, account, asked } = await openStaffAccount(serviceName, search, "overview");
  const [overview, check, recharges, decisions] = await Promise.all([
    getOverview(context, key),
    lastCheck(context, key),
    listRecharges(context, key, { limit: MAX_SHOWN }),
    listDecisions(context, key, { limit: MAX_SHOWN }),
  ]);
  if (!overview.ok || !check.ok || !recharges.ok || !decisions.ok) notFound();
  const { timeZone } = account;
  return (
    <>
      <StaffAccountHeader account={account} address={address} asked={asked} />
      <AccountOverview
        overview={overview.value}
        links={{
          history: staffPath("/history", address),
          table: staffPath("", address, { table: "days" }),
          rule: null,
          payment: null,
          message: null,
          pack: null,
          why: (sequence) => staffPath("/why", address, { movement: sequence }),
        }}
        isTableOpen={search["table"] === "days"}
        check={<CheckLine check={check.value} timeZone={timeZone} now={context.now()} />}
      />
      <RechargeRecord
        recharges={recharges.value}
        decisions={decisions.value.decisions}
        timeZone={timeZone}
        why={{
          order: (order) => staffPath("/why", address, { order }),
          decision: (decision) => staffPath("/why", address, { decision }),
        }}
      />
    </>
  );
}
