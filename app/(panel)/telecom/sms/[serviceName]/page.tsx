import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { stateOfAccount } from "@/components/accounts/account-view";
import { BalanceCard, type CapacityView } from "@/components/accounts/balance-card";
import { historyPath, messagePath, packsPath, rulePath, sendPath } from "@/components/accounts/paths";
import { BalanceHistory } from "@/components/ledger/balance-history";
import { MonthCard } from "@/components/ledger/month-card";
import { MovementTable } from "@/components/ledger/movement-table";
import { MixCard } from "@/components/mix/mix-card";
import { RuleNotice } from "@/components/recharge/rule-notice";
import { RuleSentence } from "@/components/recharge/rule-sentence";
import { RULE_PILL, ruleView, troubleOf } from "@/components/recharge/rule-view";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardGrid } from "@/components/ui/card";
import { Pill } from "@/components/ui/pill";
import { route } from "@/components/ui/route";
import { TextLink } from "@/components/ui/text-link";
import type { AccountDetail } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { printCredits, subtractCredits, timesCredits } from "@/lib/credits";
import { addDays, dayIn, startOfDay } from "@/lib/day";
import { formatDate } from "@/lib/format";
import { figuresOfPeriod, listHistory } from "@/lib/history/service";
import { balanceSeries } from "@/lib/ledger/history-service";
import { getMix } from "@/lib/mix/service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { getPrices } from "@/lib/orders/service";
import { messagesFor } from "@/lib/rates/rules";
import { rateOn } from "@/lib/rates/service";
import { getRule } from "@/lib/recharge/service";

const DAYS_OF_THE_PLOT = 90;
const LAST_MOVEMENTS = 8;

export async function generateMetadata({
  params,
}: PageProps<"/telecom/sms/[serviceName]">): Promise<Metadata> {
  return { title: (await params).serviceName };
}

export default async function AccountPage({ params }: PageProps<"/telecom/sms/[serviceName]">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const account = await getAccount(context, key);
  if (!account.ok) notFound();
  const { timeZone, name, balance } = account.value;
  const month = monthOf(context.now(), timeZone);
  const [rule, prices, days, figures, last, capacity, mix] = await Promise.all([
    getRule(context, key),
    getPrices(context, key),
    balanceSeries(context, key, DAYS_OF_THE_PLOT, timeZone),
    figuresOfPeriod(context, key, month),
    listHistory(context, key, { limit: LAST_MOVEMENTS }),
    capacityOfAccount(context, account.value),
    getMix(context, key),
  ]);
  if (!rule.ok || !prices.ok || !days.ok || !figures.ok || !last.ok) notFound();

  const [t, tLedger, tRule, locale] = await Promise.all([
    getTranslations("accounts"),
    getTranslations("ledger"),
    getTranslations("recharge"),
    getLocale(),
  ]);
  const view = ruleView(rule.value);
  const trouble = troubleOf(rule.value);
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={name}
        actions={<ButtonLink href={sendPath(serviceName)}>{t("overview.send")}</ButtonLink>}
      />
      {trouble === null ? null : <RuleNotice trouble={trouble} timeZone={timeZone} paymentHref="/account" />}
      <CardGrid>
        <BalanceCard
          balance={printCredits(balance)}
          capacity={capacity}
          state={stateOfAccount(account.value)}
        />
        <Card
          title={t("overview.rule")}
          action={<Pill kind={RULE_PILL[view.state]}>{tRule(`state.${view.state}`)}</Pill>}
        >
          <p className="text-l">
            <RuleSentence rule={view} prices={prices.value} />
          </p>
          <p className="mt-3">
            <TextLink href={rulePath(serviceName)} className="font-semibold">
              {t("overview.manage")}
            </TextLink>
          </p>
        </Card>
        <MonthCard
          month={formatDate(locale, timeZone, month.from, "month")}
          figures={figures.value}
          currency={prices.value.currency}
        />
      </CardGrid>
      <BalanceHistory
        days={days.value.map((day) => ({
          day: day.day,
          balance: printCredits(day.balance),
          recharged: day.recharges === 0 ? null : printCredits(day.recharged),
        }))}
        threshold={view.state === "off" ? null : view.threshold}
      />
      {mix.ok ? (
        <MixCard
          mix={mix.value}
          packHref={(quantity) => route(`${packsPath(serviceName)}?quantity=${quantity.toString()}`)}
        />
      ) : null}
      <Card
        title={tLedger("last.title")}
        action={
          <TextLink href={historyPath(serviceName)} className="font-semibold">
            {tLedger("last.all")}
          </TextLink>
        }
      >
        {last.value.entries.length === 0 ? (
          <p className="text-ink-2">{tLedger("last.empty")}</p>
        ) : (
          <MovementTable
            movements={last.value.entries}
            timeZone={timeZone}
            messageHref={(messageId) => messagePath(serviceName, messageId)}
          />
        )}
      </Card>
    </>
  );
}

/** The calendar month of an instant in a time zone. */
function monthOf(now: Date, timeZone: string): { from: Date; to: Date } {
  const first = `${dayIn(timeZone, now).slice(0, 7)}-01`;
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  return { from: startOfDay(first, timeZone), to: startOfDay(next, timeZone) };
}

/** What the balance is worth in messages to the customer's own country, rounded down. */
async function capacityOfAccount(context: Context, account: AccountDetail): Promise<CapacityView | null> {
  const { priceList, timeZone, balance } = account;
  const rate = await rateOn(context, priceList, priceList.toUpperCase(), dayIn(timeZone, context.now()));
  if (rate === null) return null;
  const messages = messagesFor(balance, rate);
  return {
    country: rate.country,
    messages: messages.toString(),
    rate: printCredits(rate.credits),
    left: printCredits(subtractCredits(balance, timesCredits(rate.credits, messages))),
  };
}
