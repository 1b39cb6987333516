import type { AccountKey } from "./rules";

/** What a page that shows an account wants to hear of. */
export type AccountNews = {
  readonly key: AccountKey;
  /** Differs whenever the balance, the rule or the newest recharge differs. It has no other meaning. */
  readonly stamp: string;
  /** In thousandths of a credit. */
  readonly balance: bigint;
  /** The newest recharge, open or not. */
  readonly recharge: { readonly id: string; readonly state: string; readonly credits: number } | null;
};

export const nameOfKey = (key: AccountKey): string => `${key.customerId}/${key.serviceName}`;

export type Listener = {
  readonly onNews: (news: AccountNews) => void;
  /** The news could not be read: no more will come, and whoever wants some asks anew. */
  readonly onLost: () => void;
};
export type Watchers = {
  /** Tells the account's news at the first poll, and then whenever its stamp differs. Returns the way to stop. */
  watch: (key: AccountKey, listener: Listener) => () => void;
  /** One poll at all watched accounts. If they cannot be read, nobody watches any more. */
  poll: () => Promise<void>;
  isIdle: () => boolean;
};

/**
 * Keeps who watches what. It has neither a clock nor a database: `read` brings the news of all watched accounts at
 * once, so that the work does not grow with the number of windows that are open on one account.
 */
export function createWatchers(
  read: (keys: readonly AccountKey[]) => Promise<readonly AccountNews[]>,
): Watchers {
  const watched = new Map<string, { key: AccountKey; listeners: Map<Listener, string | null> }>();
  return {
    watch(key, listener) {
      const name = nameOfKey(key);
      const entry = watched.get(name) ?? { key, listeners: new Map<Listener, string | null>() };
      watched.set(name, entry);
      entry.listeners.set(listener, null);
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size === 0 && watched.get(name) === entry) watched.delete(name);
      };
    },
    async poll() {
      let all: readonly AccountNews[];
      try {
        all = await read([...watched.values()].map((entry) => entry.key));
      } catch {
        const lost = [...watched.values()].flatMap(({ listeners }) => [...listeners.keys()]);
        watched.clear();
        for (const listener of lost) listener.onLost();
        return;
      }
      for (const news of all) {
        const listeners = watched.get(nameOfKey(news.key))?.listeners ?? new Map<Listener, string | null>();
        for (const [listener, lastStamp] of listeners) {
          if (lastStamp === news.stamp) continue;
          listeners.set(listener, news.stamp);
          listener.onNews(news);
        }
      }
    },
    isIdle: () => watched.size === 0,
  };
}
