import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { RARE_KINDS } from "@/lib/history/rules";
import { listEntries } from "@/lib/ledger/history-service";
import { getOrder } from "@/lib/orders/service";
import { isOfRule, SAME_MOMENT_MS } from "./chain-rules";
import type { Chain, CrossingThen } from "./facts-rules";
import { readCrossing, readDecisionFacts } from "./facts-store";

/** How often a recharge may be evaluated anew within one story. */
const MAX_CHAINS = 5;

/** A crossing with what it led to; and, where the rule was changed meanwhile, the one that was evaluated in its place. */
export async function chainsFrom(context: Context, key: AccountKey, first: number): Promise<Chain[]> {
  const chains: Chain[] = [];
  for (let crossing = first; chains.length < MAX_CHAINS; crossing += 1) {
    const found = await readCrossing(context.db, key, { crossing });
    const before = chains.at(-1)?.crossing.closedAt;
    // It was evaluated in the other's place only if it opened when that one closed.
    if (found === null || (before && found.openedAt.getTime() - before.getTime() > SAME_MOMENT_MS)) break;
    const chain = await chainOf(context, key, found);
    chains.push(chain);
    const end = chain.decisions.findLast((one) => one.outcome === "refused");
    if (end?.reason !== "rule_changed") break;
  }
  return chains;
}

async function chainOf(context: Context, key: AccountKey, crossing: CrossingThen): Promise<Chain> {
  const { openedAt, closedAt, sequence } = crossing;
  const to = closedAt ?? context.now();
  const [crossedPage, decided, movedPage] = await Promise.all([
    listEntries(context, key, { before: sequence + 1n, limit: 1 }),
    readDecisionFacts(context.db, key, crossing.crossing, {
      from: new Date(openedAt.getTime() - SAME_MOMENT_MS),
      to,
    }),
    listEntries(context, key, {
      from: openedAt,
      to: new Date(to.getTime() + 1),
      kinds: RARE_KINDS,
      limit: 50,
    }),
  ]);
  const crossed = (crossedPage.ok && crossedPage.value.entries[0]) || null;
  const isByEntry = crossed?.postedAt.getTime() === openedAt.getTime();
  // A change of the rule just before an entry that crossed has nothing to do with it.
  const decisions = decided.filter(({ at, outcome }) => at >= openedAt || !isByEntry || !isOfRule(outcome));
  const orderId = decisions.find((one) => one.orderId !== null)?.orderId;
  const order = orderId == null ? null : await getOrder(context, key.customerId, orderId.toString());
  const moved = movedPage.ok ? movedPage.value.entries : [];
  return {
    crossing,
    crossed,
    decisions,
    moved: moved.filter((one) => one.sequence > sequence && one.kind !== "recharge").reverse(),
    order: order?.ok === true ? order.value : null,
  };
}
