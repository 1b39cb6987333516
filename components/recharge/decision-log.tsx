import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import type { PillKind } from "@/components/ui/pill";
import { TextLink } from "@/components/ui/text-link";
import { formatCount, formatCredits, formatInstant } from "@/lib/format";
import type { DecisionOutcome, DecisionReason } from "@/lib/recharge/rules";
import type { DecisionDto } from "@/lib/recharge/schema";
import { DecisionLines } from "./decision-lines";
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
export function DecisionLog({
  decisions,
  timeZone,
  whyHref,
}: {
  decisions: readonly DecisionDto[];
  timeZone: string;
  whyHref?: ((decisionId: string) => Route) | undefined;
}) {
  const t = useTranslations("recharge.decisions");
  const tWhy = useTranslations("ledger.history");
  const locale = useLocale();
  if (decisions.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  return (
    <DecisionLines
      chains={byRecharge(decisions).map(({ newest, earlier }) => [
        newest.decisionId,
        whyHref === undefined
          ? textsOf(newest)
          : [...textsOf(newest), linkToWhy(newest.decisionId, whyHref(newest.decisionId))],
        t("steps", { count: earlier.length }),
        earlier.map(textsOf),
      ])}
    />
  );

  function textsOf(decision: DecisionDto) {
    const { at, outcome, credits } = decision;
    return [
      at,
      formatInstant(locale, timeZone, at),
      PILLS[outcome],
      t(`tag.${outcome}`, { credits: formatCount(locale, credits ?? 0) }),
      sentenceOf(decision),
      basisOf(decision),
    ] as const;
  }

  function linkToWhy(id: string, href: Route) {
    return (
      <TextLink href={href} prefetch={false}>
        <span>{tWhy("why")}</span> <span className="sr-only">{t("whyOf", { id })}</span>
      </TextLink>
    );
  }

  function sentenceOf(decision: DecisionDto): string {
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
    if (decision.outcome === "claimed" && decision.credits !== decision.quantity)
      return t("claimedMultiple", values);
    // Without a payment method nothing was ordered.
    if (decision.outcome === "suspended" && decision.orderId === null) return t("suspendedUnordered", values);
    return t(decision.outcome, values);
  }

  /** By which version of the rule a recharge was evaluated, and after which entry. */
  function basisOf({ outcome, ruleVersion, sequence }: DecisionDto): string {
    const isEvaluated = outcome === "claimed" || outcome === "refused";
    return !isEvaluated || ruleVersion === null || sequence === null
      ? ""
      : t("basis", { version: ruleVersion, sequence });
  }
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
