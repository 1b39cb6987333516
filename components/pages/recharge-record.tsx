import type { Route } from "next";
import { useTranslations } from "next-intl";
import { DecisionLog } from "@/components/recharge/decision-log";
import { RechargeTable } from "@/components/recharge/recharge-table";
import { Card } from "@/components/ui/card";
import type { DecisionDto, RechargeDto } from "@/lib/recharge/schema";

/** What the rule bought, and everything that it decided. */
export function RechargeRecord(props: {
  recharges: readonly RechargeDto[];
  decisions: readonly DecisionDto[];
  timeZone: string;
  /** Where staff read why. */
  why: { readonly order: (orderId: string) => Route; readonly decision: (decisionId: string) => Route };
}) {
  const t = useTranslations("recharge");
  return (
    <div className="mt-4 grid gap-4">
      <Card title={t("history.title")}>
        <RechargeTable recharges={props.recharges} timeZone={props.timeZone} orderHref={props.why.order} />
      </Card>
      <Card title={t("decisions.title")}>
        <DecisionLog decisions={props.decisions} timeZone={props.timeZone} whyHref={props.why.decision} />
      </Card>
    </div>
  );
}
