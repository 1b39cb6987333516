import { match } from "@formatjs/intl-localematcher";
import { LRUCache } from "lru-cache";
import Negotiator from "negotiator";
import { DEFAULT_LOCALE, isLocale, type Locale, LOCALES } from "./locales";

// Browsers send few different headers, and to weigh one costs more than to know it.
const known = new LRUCache<string, Locale>({ max: 500 });

/** The language to answer in: the one chosen before, else the best of what the browser accepts, else Italian. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const accepted = (acceptLanguage ?? "").slice(0, 500);
  const locale = known.get(accepted) ?? bestOf(accepted);
  known.set(accepted, locale);
  return locale;
}

// A weight that is no number is none: the language was asked for all the same.
const BROKEN_WEIGHT = /;\s*q=(?![01](?:\.\d{1,3})?\s*(?:,|$))[^,]*/g;

function bestOf(header: string): Locale {
  const accepted = header.replace(BROKEN_WEIGHT, "");
  const wanted = new Negotiator({ headers: { "accept-language": accepted } })
    .languages()
    .filter(isLanguageTag);
  const best = match(wanted, LOCALES, DEFAULT_LOCALE);
  return isLocale(best) ? best : DEFAULT_LOCALE;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
