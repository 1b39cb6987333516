import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { decisionsPath, optionsPath, rulePath } from "@/components/accounts/paths";
import { DecisionLog } from "@/components/recharge/decision-log";
import { Card } from "@/components/ui/card";
import { Pager } from "@/components/ui/pager";
import { route } from "@/components/ui/route";
import { getAccount } from "@/lib/accounts/service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { listDecisions } from "@/lib/recharge/history-service";
import { placeBefore } from "@/lib/search-parameters";

const PER_PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recharge.decisions");
  return { title: t("all") };
}

/** Everything that the rule of an account ever decided, a page at a time. */
export default async function DecisionsPage({
  params,
  searchParams,
}: PageProps<"/telecom/sms/[serviceName]/options/automatic-recharge/decisions">) {
  const context = await requirePanelContext();
  const [{ serviceName }, search] = await Promise.all([params, searchParams]);
  const key = requireAccountKey(context.caller, serviceName);
  const before = placeBefore(search);
  const [account, listed] = await Promise.all([
    getAccount(context, key),
    listDecisions(context, key, { before, limit: PER_PAGE }),
  ]);
  if (!account.ok || !listed.ok) notFound();
  const { decisions, next } = listed.value;
  const here = decisionsPath(serviceName);
  const [t, tRecharge] = await Promise.all([
    getTranslations("recharge.decisions"),
    getTranslations("recharge"),
  ]);
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("all")}
        description={t("intro")}
        below={[
          { text: tRecharge("options"), href: optionsPath(serviceName) },
          { text: tRecharge("title"), href: rulePath(serviceName) },
          { text: t("all") },
        ]}
      />
      <Card>
        <DecisionLog decisions={decisions} timeZone={account.value.timeZone} />
        <Pager
          start={before !== undefined ? { text: t("newest"), href: here } : null}
          next={next === null ? null : { text: t("older"), href: route(`${here}?before=${next}`) }}
        />
      </Card>
    </>
  );
}
