import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { decisionsPath, optionsPath } from "@/components/accounts/paths";
import { BoundaryExamples } from "@/components/recharge/boundary-examples";
import { DecisionLog } from "@/components/recharge/decision-log";
import { OpenRecharge } from "@/components/recharge/open-recharge";
import { RechargeTable } from "@/components/recharge/recharge-table";
import { RuleCard } from "@/components/recharge/rule-card";
import { RuleNotice } from "@/components/recharge/rule-notice";
import { RuleVersions } from "@/components/recharge/rule-versions";
import { ruleView, troubleOf } from "@/components/recharge/rule-view";
import { NamespaceMessages } from "@/components/shell/messages";
import { Card, CardGrid } from "@/components/ui/card";
import { NeedsScript } from "@/components/ui/needs-script";
import { TextLink } from "@/components/ui/text-link";
import { getAccount } from "@/lib/accounts/service";
import { requireAccountKey } from "@/lib/next/account";
import { panelPerson, requirePanelContext } from "@/lib/next/context";
import { listDecisions, listRecharges, listRuleVersions } from "@/lib/recharge/history-service";
import { QUANTITIES } from "@/lib/recharge/rules";
import { getRule } from "@/lib/recharge/service";
import { saveRuleAction } from "./actions";

const MAX_SHOWN = 20;
/** Of the dialog with the form; the rest of the page is drawn on the server. */
const EDITOR_MESSAGES = [
  "recharge.modify",
  "recharge.threshold",
  "recharge.quantity",
  "recharge.creditsUnit",
  "recharge.doNotRecharge",
  "recharge.confirm",
  "recharge.cancel",
  "recharge.form",
  "recharge.problems",
  "recharge.boundary",
  "problems.amount_missing",
  "problems.amount_not_a_number",
  "problems.amount_exponent",
  "problems.amount_negative",
  "problems.amount_separator",
  "problems.amount_too_many_decimals",
  "problems.amount_too_large",
  "problems.threshold_too_large",
  "problems.quantity_not_offered",
  "problems.invalid",
] as const;
/** The threshold of the examples where a rule has none. */
const EXAMPLE_THRESHOLD = "100";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recharge");
  return { title: t("title") };
}

export default async function RulePage({
  params,
}: PageProps<"/telecom/sms/[serviceName]/options/automatic-recharge">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const [account, rule, recharges, decisions, versions, person] = await Promise.all([
    getAccount(context, key),
    getRule(context, key),
    listRecharges(context, key, { limit: MAX_SHOWN }),
    listDecisions(context, key, { limit: MAX_SHOWN }),
    listRuleVersions(context, key, { limit: MAX_SHOWN }),
    panelPerson(),
  ]);
  if (!account.ok || !rule.ok || !recharges.ok || !decisions.ok || !versions.ok) notFound();
  const { timeZone } = account.value;
  const { openRecharge } = rule.value;
  const view = ruleView(rule.value);
  const trouble = troubleOf(rule.value);
  const t = await getTranslations("recharge");
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("title")}
        below={[{ text: t("options"), href: optionsPath(serviceName) }, { text: t("title") }]}
      />
      <NeedsScript />
      {trouble === null ? null : <RuleNotice trouble={trouble} timeZone={timeZone} paymentHref="/account" />}
      {openRecharge === null ? null : <OpenRecharge recharge={openRecharge} timeZone={timeZone} />}
      <CardGrid columns={2}>
        <NamespaceMessages parts={EDITOR_MESSAGES}>
          <RuleCard
            rule={view}
            balance={rule.value.balance}
            isRecharging={openRecharge !== null}
            isSuspended={rule.value.suspension !== null}
            prices={rule.value.prices}
            quantities={QUANTITIES}
            saveAction={saveRuleAction.bind(null, serviceName)}
          />
        </NamespaceMessages>
        <Card title={t("boundary.title")} tone="sunk">
          <BoundaryExamples threshold={view.state === "off" ? EXAMPLE_THRESHOLD : view.threshold} />
          <p className="mt-3 text-ink-2">{t("boundary.multiple")}</p>
          <p className="mt-2 text-ink-2">{t("boundary.evaluated")}</p>
        </Card>
      </CardGrid>
      <div className="grid gap-4">
        <Card title={t("history.title")}>
          <RechargeTable recharges={recharges.value} timeZone={timeZone} />
        </Card>
        <Card
          title={t("decisions.title")}
          action={<TextLink href={decisionsPath(serviceName)}>{t("decisions.all")}</TextLink>}
        >
          <DecisionLog decisions={decisions.value.decisions} timeZone={timeZone} />
        </Card>
        <Card title={t("versions.title")}>
          <RuleVersions versions={versions.value} timeZone={timeZone} userId={person?.userId ?? null} />
        </Card>
      </div>
    </>
  );
}
