import "server-only";
import { mayRead } from "../caller";
import type { Context } from "../context";
import { printCredits, creditsOf } from "../credits";
import { fail, ok, type Result } from "../failure";
import { asRequestOf } from "../request-scope";
import { withinTime } from "../within-time";
import type { AccountKey } from "./rules";
import { type AccountNews, createWatchers, type Watchers } from "./watch-rules";
import { readNews } from "./watch-store";

/** What a browser is told: `balance` is printed credits. */
export type NewsDto = {
  readonly stamp: string;
  readonly balance: string;
  readonly recharge: { readonly id: string; readonly state: string; readonly credits: number } | null;
};

const POLL_EVERY_MS = 500;
/** A database that is this slow to tell the news counts as one that does not answer. */
const READ_TIMEOUT_MS = 5000;

/** The account's news now. Fails with `not_found` for accounts of others. */
export async function getNews(context: Context, key: AccountKey): Promise<Result<NewsDto>> {
  if (!mayRead(context.caller, key.customerId)) return fail({ code: "not_found" });
  const [news] = await readNews(context.db, [key]);
  return news === undefined ? fail({ code: "not_found" }) : ok(newsDto(news));
}

/**
 * Tells the account's news, first at once and then after each change, until `stop` is called or the database does not
 * answer, which is told, too. All watchers of this process share one query, twice a second. Fails with `not_found` for
 * accounts of others.
 */
export async function watchAccount(
  context: Context,
  key: AccountKey,
  { onNews, onLost }: { onNews: (news: NewsDto) => void; onLost: () => void },
): Promise<Result<{ stop: () => void }>> {
  const first = await getNews(context, key);
  if (!first.ok) return first;
  onNews(first.value);
  let stamp = first.value.stamp;
  const stop = sharedWatchers(context).watch(key, {
    onNews: (news) => {
      if (news.stamp === stamp) return;
      stamp = news.stamp;
      onNews(newsDto(news));
    },
    onLost,
  });
  return ok({ stop });
}

let shared: Watchers | null = null;
let isLooking = false;

function sharedWatchers({ db }: Context): Watchers {
  // Safe because a process has one database; whose accounts are read was decided when each watch began.
  shared ??= createWatchers((keys) =>
    withinTime(readNews(db, keys), READ_TIMEOUT_MS, () => new Error("the news could not be read in time")),
  );
  if (!isLooking) {
    isLooking = true;
    const watchers = shared;
    asRequestOf(null, () => {
      pollLater(watchers, POLL_EVERY_MS);
    });
  }
  return shared;
}

/** Looks, waits, looks again; ends when nobody watches, and begins again with the next watcher. */
function pollLater(watchers: Watchers, waitMs: number): void {
  const timer = setTimeout(() => {
    if (watchers.isIdle()) {
      isLooking = false;
      return;
    }
    void watchers.poll().then(() => {
      pollLater(watchers, POLL_EVERY_MS);
    });
  }, waitMs);
  timer.unref();
}

function newsDto(news: AccountNews): NewsDto {
  return { stamp: news.stamp, balance: printCredits(creditsOf(news.balance)), recharge: news.recharge };
}
