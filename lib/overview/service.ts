import "server-only";
import type { AccountDetail, AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { printCredits, subtractCredits, timesCredits } from "@/lib/credits";
import { addDays, dayIn, startOfDay } from "@/lib/day";
import { ok, type Result } from "@/lib/failure";
import { figuresOfPeriod, listHistory } from "@/lib/history/service";
import { balanceSeries } from "@/lib/ledger/history-service";
import { getMix } from "@/lib/mix/service";
import { getPrices } from "@/lib/orders/service";
import { messagesFor } from "@/lib/rates/rules";
import { rateOn } from "@/lib/rates/service";
import { getRule } from "@/lib/recharge/service";
import type { Capacity, Overview } from "./schema";

const DAYS_OF_THE_PLOT = 90;
const LAST_ENTRIES = 8;

/** What the first page of an account tells, for its customer and for staff alike. Fails with `not_found`. */
export async function getOverview(context: Context, key: AccountKey): Promise<Result<Overview>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const { timeZone } = account.value;
  const month = monthOf(context.now(), timeZone);
  const [rule, prices, days, figures, last, capacity, mix] = await Promise.all([
    getRule(context, key),
    getPrices(context, key),
    balanceSeries(context, key, DAYS_OF_THE_PLOT, timeZone),
    figuresOfPeriod(context, key, month),
    listHistory(context, key, { limit: LAST_ENTRIES }),
    capacityOf(context, account.value),
    getMix(context, key),
  ]);
  if (!rule.ok) return rule;
  if (!prices.ok) return prices;
  if (!days.ok) return days;
  if (!figures.ok) return figures;
  if (!last.ok) return last;
  return ok({
    account: account.value,
    rule: rule.value,
    prices: prices.value,
    days: days.value.map((day) => ({
      ...day,
      balance: printCredits(day.balance),
      recharged: printCredits(day.recharged),
      purchased: printCredits(day.purchased),
    })),
    monthFrom: month.from,
    figures: figures.value,
    last: last.value.entries,
    capacity,
    mix: mix.ok ? mix.value : null,
  });
}

/** The calendar month of an instant in a time zone. */
function monthOf(now: Date, timeZone: string): { from: Date; to: Date } {
  const first = `${dayIn(timeZone, now).slice(0, 7)}-01`;
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  return { from: startOfDay(first, timeZone), to: startOfDay(next, timeZone) };
}

/** What the balance is worth in messages to the customer's own country, rounded down. */
async function capacityOf(context: Context, account: AccountDetail): Promise<Capacity | null> {
  const { priceList, timeZone, balance } = account;
  const rate = await rateOn(context, priceList, priceList.toUpperCase(), dayIn(timeZone, context.now()));
  if (rate === null) return null;
  const messages = messagesFor(balance, rate);
  const left = subtractCredits(balance, timesCredits(rate.credits, messages));
  return { country: rate.country, messages, rate: rate.credits, left };
}
