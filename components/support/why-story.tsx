import { useTranslations } from "next-intl";
import { FactList } from "@/components/ui/facts";
import { Unbroken } from "@/components/ui/unbroken";
import type { StateThen } from "@/lib/explain/explain-rules";
import type { Line } from "@/lib/explain/facts-rules";
import { formatCents, formatCount, formatCredits, formatInstant } from "@/lib/format";
import { lineText, type Reader } from "@/lib/i18n/explanation-text";

/** How the account stood at that instant. */
export function WhyState({ state, reader }: { state: StateThen; reader: Reader }) {
  const t = useTranslations("explain.page");
  const tPayment = useTranslations("explain.payment");
  const { locale, timeZone } = reader;
  const time = (at: string) => formatInstant(locale, timeZone, at, "full");
  const { sequence, price, orderId, version, ruleSince } = state;
  const facts = [
    { key: "when", term: t("when"), value: <time dateTime={state.at}>{time(state.at)}</time> },
    {
      key: "balance",
      term: t("balance"),
      value: formatCredits(locale, state.balance),
      note: sequence === null ? t("noEntry") : t("afterEntry", { sequence }),
    },
    {
      key: "rule",
      term: t("rule"),
      value: <RuleThen state={state} reader={reader} />,
      ...(version !== null &&
        ruleSince !== null && { note: t("version", { version, since: time(ruleSince) }) }),
    },
    {
      key: "payment",
      term: t("payment"),
      value: state.payment === null ? t("paymentNone") : tPayment(state.payment),
      ...(orderId !== null && { note: t("order", { order: orderId }) }),
    },
  ];
  if (price !== null) {
    const money = (cents: string) => formatCents(locale, cents, price.currency);
    facts.push({
      key: "price",
      term: t("price"),
      value: t("priceText", {
        quantity: formatCount(locale, price.quantity),
        net: money(price.netCents),
        total: money(price.totalCents),
      }),
    });
  }
  return <FactList facts={facts} />;
}

function RuleThen({ state, reader }: { state: StateThen; reader: Reader }) {
  const t = useTranslations("explain.page");
  const { rule, threshold, quantity } = state;
  if (rule === "never_set") return <span>{t("ruleNever")}</span>;
  if (rule === "off" || threshold === null || quantity === null) return <span>{t("ruleOff")}</span>;
  return (
    <span>
      {t(rule === "on" ? "ruleOn" : "ruleSuspended", {
        threshold: formatCredits(reader.locale, threshold),
        quantity: formatCount(reader.locale, quantity),
      })}
    </span>
  );
}

/** Every step with its time, the oldest first. */
export function WhyChain({ steps, reader }: { steps: readonly Line[]; reader: Reader }) {
  const t = useTranslations("explain");
  return (
    <ol className="border-l-2 border-line">
      {steps.map((step, index) => (
        <li
          key={`${step.key} ${index.toString()}`}
          className="grid gap-x-4 py-2 pl-4 sm:grid-cols-[15rem_minmax(0,1fr)]"
        >
          <time dateTime={step.at} className="text-ink-3">
            {formatInstant(reader.locale, reader.timeZone, step.at, "full")}
          </time>
          <span>
            <Unbroken text={lineText(t, reader, step)} />
          </span>
        </li>
      ))}
    </ol>
  );
}
