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

type Listener = (news: AccountNews) => void;
export type Watchers = {
  /** Calls `listener` at the first look, and then whenever the account's stamp differs. Returns the way to stop. */
  watch: (key: AccountKey, listener: Listener) => () => void;
  /** One look at all watched accounts. Rejects as `read` does, and can be called again. */
  look: () => Promise<void>;
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
    async look() {
      const all = await read([...watched.values()].map((entry) => entry.key));
      for (const news of all) {
        const listeners = watched.get(nameOfKey(news.key))?.listeners;
        for (const [listener, lastStamp] of listeners ?? []) {
          if (lastStamp === news.stamp) continue;
          listeners?.set(listener, news.stamp);
          listener(news);
        }
      }
    },
    isIdle: () => watched.size === 0,
  };
}
