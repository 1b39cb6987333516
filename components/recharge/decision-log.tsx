import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { Pill, type PillKind } from "@/components/ui/pill";
import { TextLink } from "@/components/ui/text-link";
import { formatCount, formatCredits, formatInstant } from "@/lib/format";
import type { DecisionOutcome, DecisionReason } from "@/lib/recharge/rules";
import type { DecisionDto } from "@/lib/recharge/schema";
import { RECHARGE_PILL } from "./rule-view";

const PILLS = {
  ...RECHARGE_PILL,
  resumed: "good",
  turned_on: "good",
  changed: "neutral",
  turned_off: "neutral",
} as const satisfies Record<DecisionOutcome, PillKind>;

/** Every reason that there are words for. */
const REASONS = [
  "off",
  "suspended",
  "no_longer_due",
  "rule_changed",
  "no_payment_method",
  "resized",
  "no_price",
  "payment_declined",
  "declined_for_good",
  "needs_authentication",
  "method_changed",
  "purchase_succeeded",
] satisfies readonly DecisionReason[];

/**
 * What the rule decided, newest first, each with the numbers of that moment. The steps of one recharge stand together.
 * `whyHref` leads from each to why it was decided.
 */
export function DecisionLog(props: {
  decisions: readonly DecisionDto[];
  timeZone: string;
  whyHref?: ((decisionId: string) => Route) | undefined;
}) {
  const t = useTranslations("recharge.decisions");
  if (props.decisions.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  return (
    <ol>
      {byRecharge(props.decisions).map(({ newest, earlier }) => (
        <li key={newest.decisionId} className="border-b border-line py-2.5 last:border-b-0">
          <DecisionLine decision={newest} timeZone={props.timeZone} whyHref={props.whyHref} />
          {earlier.length === 0 ? null : (
            <Details summary={t("steps", { count: earlier.length })} className="sm:ml-38">
              <ol className="grid gap-1.5 border-l border-line pl-4">
                {earlier.map((decision) => (
                  <li key={decision.decisionId}>
                    <DecisionLine decision={decision} timeZone={props.timeZone} />
                  </li>
                ))}
              </ol>
            </Details>
          )}
        </li>
      ))}
    </ol>
  );
}

function DecisionLine({
  decision,
  timeZone,
  whyHref,
}: {
  decision: DecisionDto;
  timeZone: string;
  whyHref?: ((decisionId: string) => Route) | undefined;
}) {
  const t = useTranslations("recharge.decisions");
  const tWhy = useTranslations("ledger.history");
  const locale = useLocale();
  return (
    <div className="dated">
      <time dateTime={decision.at}>{formatInstant(locale, timeZone, decision.at)}</time>
      <p>
        <span className="mr-2">
          <Pill kind={PILLS[decision.outcome]}>
            {t(`tag.${decision.outcome}`, { credits: formatCount(locale, decision.credits ?? 0) })}
          </Pill>
        </span>
        <DecisionSentence decision={decision} timeZone={timeZone} />
        <DecisionBasis decision={decision} />
        {whyHref === undefined ? null : (
          <>
            {" "}
            <TextLink href={whyHref(decision.decisionId)} prefetch={false}>
              <span>{tWhy("why")}</span>{" "}
              <span className="sr-only">{t("whyOf", { id: decision.decisionId })}</span>
            </TextLink>
          </>
        )}
      </p>
    </div>
  );
}

function DecisionSentence({ decision, timeZone }: { decision: DecisionDto; timeZone: string }) {
  const t = useTranslations("recharge.decisions");
  const locale = useLocale();
  const values = {
    balance: formatCredits(locale, decision.balance),
    threshold: decision.threshold === null ? "—" : formatCredits(locale, decision.threshold),
    quantity: formatCount(locale, decision.quantity ?? 0),
    credits: formatCount(locale, decision.credits ?? 0),
    order: decision.orderId ?? "—",
    attempt: decision.attempt ?? 0,
    code: decision.declineCode ?? "—",
    reason: t(`reason.${reasonOf(decision)}`),
    time: decision.retryAt === null ? "—" : formatInstant(locale, timeZone, decision.retryAt),
  };
  if (decision.outcome === "claimed" && decision.credits !== decision.quantity) {
    return <span>{t("claimedMultiple", values)}</span>;
  }
  // Without a payment method nothing was ordered.
  if (decision.outcome === "suspended" && decision.orderId === null) {
    return <span>{t("suspendedUnordered", values)}</span>;
  }
  return <span>{t(decision.outcome, values)}</span>;
}

/** By which version of the rule a recharge was evaluated, and after which entry. */
function DecisionBasis({ decision }: { decision: DecisionDto }) {
  const t = useTranslations("recharge.decisions");
  const { outcome, ruleVersion, sequence } = decision;
  if ((outcome !== "claimed" && outcome !== "refused") || ruleVersion === null || sequence === null)
    return null;
  return <span className="text-s text-ink-3">{` ${t("basis", { version: ruleVersion, sequence })}`}</span>;
}

type Chain = { readonly newest: DecisionDto; readonly earlier: DecisionDto[] };

/** The decisions of each recharge behind its newest; what belongs to no recharge stands alone. */
function byRecharge(decisions: readonly DecisionDto[]): Chain[] {
  const chains: Chain[] = [];
  const chainOf = new Map<string, Chain>();
  for (const decision of decisions) {
    const chain = decision.rechargeId === null ? undefined : chainOf.get(decision.rechargeId);
    if (chain !== undefined) {
      chain.earlier.push(decision);
      continue;
    }
    const begun: Chain = { newest: decision, earlier: [] };
    chains.push(begun);
    if (decision.rechargeId !== null) chainOf.set(decision.rechargeId, begun);
  }
  return chains;
}

const reasonOf = ({ reason }: DecisionDto) => REASONS.find((known) => known === reason) ?? "unsaid";
