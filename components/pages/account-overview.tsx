import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { stateOfAccount } from "@/components/accounts/account-view";
import { BalanceCard } from "@/components/accounts/balance-card";
import { BalanceHistory } from "@/components/ledger/balance-history";
import { MonthCard } from "@/components/ledger/month-card";
import { EntryTable } from "@/components/ledger/entry-table";
import { MixCard } from "@/components/mix/mix-card";
import { RuleNotice } from "@/components/recharge/rule-notice";
import { RuleSentence } from "@/components/recharge/rule-sentence";
import { RULE_PILL, ruleView, troubleOf } from "@/components/recharge/rule-view";
import { Card, CardGrid } from "@/components/ui/card";
import { Pill } from "@/components/ui/pill";
import { TextLink } from "@/components/ui/text-link";
import { printCredits } from "@/lib/credits";
import { formatDate } from "@/lib/format";
import type { Overview } from "@/lib/overview/schema";

/** Where the parts lead. Null, or left out: this reader may not go there. */
export type OverviewLinks = {
  readonly history: Route;
  /** This page with the table of the plot's days. */
  readonly table: Route;
  readonly rule: Route | null;
  readonly payment: Route | null;
  readonly message: ((messageId: string) => Route) | null;
  readonly pack: ((quantity: number) => Route) | null;
  readonly why?: (sequence: string) => Route;
};

/** The first page of an account below its heading, for its customer and, with fewer ways on, for staff. */
export function AccountOverview(props: {
  overview: Overview;
  links: OverviewLinks;
  check: ReactElement;
  /** Is the table of the plot's days there from the start? */
  isTableOpen: boolean;
}) {
  const { overview, links } = props;
  const { account, rule, prices, days, capacity, mix } = overview;
  const { timeZone, balance } = account;
  const t = useTranslations("accounts.overview");
  const tRule = useTranslations("recharge.state");
  const tLast = useTranslations("ledger.last");
  const locale = useLocale();
  const view = ruleView(rule);
  const trouble = troubleOf(rule);
  return (
    <>
      {trouble === null ? null : (
        <RuleNotice trouble={trouble} timeZone={timeZone} paymentHref={links.payment} />
      )}
      <CardGrid>
        <BalanceCard
          balance={printCredits(balance)}
          capacity={
            capacity && {
              country: capacity.country,
              messages: capacity.messages.toString(),
              rate: printCredits(capacity.rate),
              left: printCredits(capacity.left),
            }
          }
          state={stateOfAccount(account)}
        />
        <Card title={t("rule")} action={<Pill kind={RULE_PILL[view.state]}>{tRule(view.state)}</Pill>}>
          <p className="text-l">
            <RuleSentence rule={view} prices={prices} />
          </p>
          {links.rule === null ? null : (
            <p className="mt-3">
              <TextLink href={links.rule} className="font-semibold">
                {t("manage")}
              </TextLink>
            </p>
          )}
        </Card>
        <MonthCard
          month={formatDate(locale, timeZone, overview.monthFrom, "month")}
          figures={overview.figures}
          currency={prices.currency}
        />
      </CardGrid>
      <BalanceHistory
        days={days}
        threshold={view.state === "off" ? null : view.threshold}
        hasEntries={overview.last.length > 0}
        table={{ isOpen: props.isTableOpen, href: links.table }}
      />
      {mix === null ? null : <MixCard mix={mix} packHref={links.pack} />}
      <Card
        title={tLast("title")}
        action={
          <TextLink href={links.history} className="font-semibold">
            {tLast("all")}
          </TextLink>
        }
      >
        {overview.last.length === 0 ? (
          <p className="text-ink-2">{tLast("empty")}</p>
        ) : (
          <EntryTable
            entries={overview.last}
            timeZone={timeZone}
            messageHref={links.message}
            whyHref={links.why}
          />
        )}
        {props.check}
      </Card>
    </>
  );
}
