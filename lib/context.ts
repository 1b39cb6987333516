import type { Caller } from "./caller";
import type { Database } from "@/db/client";

/** What every verb receives first. `db` is the pool or an open transaction, so that a verb inside another's joins it. */
export type Context = {
  readonly caller: Caller;
  readonly db: Database;
  /** The clock. The demo data is made with one that stands in the past; everything else passes the real one. */
  readonly now: () => Date;
};

/** The contexts with which one page is drawn. An action has none of these: it reads again what it has written. */
const pageContexts = new WeakSet<Context>();

/** A context for one page: what several parts of the page ask for is read once. */
export function contextOfPage(context: Context): Context {
  const own = { ...context };
  pageContexts.add(own);
  return own;
}

/** A read that is made once for each page and key, and each time for whoever draws no page. */
export function oncePerPage<Key, Value>(
  read: (context: Context, key: Key) => Promise<Value>,
): (context: Context, key: Key) => Promise<Value> {
  const kept = new WeakMap<Context, Map<string, Promise<Value>>>();
  return (context, key) => {
    if (!pageContexts.has(context)) return read(context, key);
    const ofPage = kept.get(context) ?? new Map<string, Promise<Value>>();
    kept.set(context, ofPage);
    const name = JSON.stringify(key);
    const value = ofPage.get(name) ?? read(context, key);
    ofPage.set(name, value);
    return value;
  };
}
