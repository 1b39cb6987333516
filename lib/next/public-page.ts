import { bringsSession } from "../access/rules";
import { printAddress, readAddress } from "../destinations/address-rules";
import { type Locale, LOCALE_COOKIE } from "../i18n/locales";
import { chooseLocale } from "../i18n/negotiate";
import { holdsNul } from "../nul";
import { parseQuantity } from "../orders/rules";
import { printPackAddress, readPackAddress } from "../packs/address-rules";

/** A page as every stranger who reads this language sees it. */
export type PublicPage = {
  /** With its query: what the page makes of an address and nothing else, so that one page has one address. */
  readonly path: string;
  readonly locale: Locale;
};

/** Headers by which the framework's scripts ask for something other than the page. */
const OF_SCRIPTS = ["rsc", "next-action", "next-router-prefetch", "next-router-state-tree"];

/** A request as it came. */
export type AskedPage = {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headerOf: (name: string) => string | null;
};

/** The page that a request asks for, if it is one that all strangers see alike; null for every other request. */
export function publicPageOf({ method, target, headerOf }: AskedPage): PublicPage | null {
  if ((method !== "GET" && method !== "HEAD") || holdsNul(target)) return null;
  const mark = target.indexOf("?");
  const pathname = mark < 0 ? target : target.slice(0, mark);
  const path = publicPathOf(pathname, () => new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)));
  if (path === null) return null;
  const cookies = headerOf("cookie");
  if (bringsSession(cookies) || OF_SCRIPTS.some((name) => headerOf(name) !== null)) return null;
  return { path, locale: chooseLocale(cookieOf(cookies, LOCALE_COOKIE), headerOf("accept-language")) };
}

/**
 * A search is drawn for whoever searches: what was typed is read once, and would be kept for nobody. Who is sent to sign
 * in comes back to a page of his own, which stands in his form.
 */
function publicPathOf(pathname: string, readQuery: () => URLSearchParams): string | null {
  switch (pathname) {
    case "/destinations": {
      const address = readAddress(parametersOf(readQuery()));
      return address.query === "" ? `${pathname}${printAddress({ ...address, account: null })}` : null;
    }
    case "/packs": {
      const address = readPackAddress(parametersOf(readQuery()));
      const isPlain = address.quantity === "" || parseQuantity(address.quantity) !== null;
      return isPlain ? `${pathname}${printPackAddress(address)}` : null;
    }
    case "/sign-in":
      return readQuery().has("return") ? null : pathname;
    default:
      return null;
  }
}

/** As pages read them: of a name that is there twice, the first. */
const parametersOf = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...query].reverse());

function cookieOf(cookies: string | null, name: string): string | undefined {
  const found = cookies?.split(";").find((cookie) => cookie.trim().startsWith(`${name}=`));
  return found?.slice(found.indexOf("=") + 1).trim();
}
