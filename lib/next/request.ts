import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";

/**
 * Tells next-intl the language of this request and its messages. No address carries a language; a page that writes in
 * the language of somebody else names it.
 */
export default getRequestConfig(async ({ locale: named }) => {
  if (named !== undefined)
    return { locale: named, messages: await loadMessages(named), timeZone: "Europe/Rome" };
  const [jar, received] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, received.get("accept-language"));
  return { locale, messages: await loadMessages(locale), timeZone: "Europe/Rome" };
});
