import { database } from "@/db/client";
import { knownPricesVersion, pricesVersion } from "@/lib/rates/service";
import { type KeptPage, PageCache } from "./page-cache";
import type { PublicPage } from "./public-page";
import { renderPublicPage } from "./render-public-page";

declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles.
  var ricaricaPages: PageCache | undefined;
}

const pages = (): PageCache => (globalThis.ricaricaPages ??= new PageCache());

/** The page as all strangers see it now, if it is there; `null` says nothing of whether it could be. */
export function keptPageNow(page: PublicPage): KeptPage | null {
  const version = knownPricesVersion();
  return version === null ? null : pages().find(page, version, new Date());
}

/** The page as all strangers see it now, drawn if need be. Null if it cannot be. */
export async function keptPageOf(page: PublicPage, local: string): Promise<KeptPage | null> {
  try {
    const version = await pricesVersion(database());
    return await pages().get(page, version, new Date(), () => renderPublicPage(page, local));
  } catch {
    // Without the database, or a server that answers itself, the request takes the way of all others, and what is wrong
    // is told there.
    return null;
  }
}
