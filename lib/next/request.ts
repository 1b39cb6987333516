import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isDevelopment } from "@/lib/env";
import { LOCALE_COOKIE, type Locale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { chooseLocale } from "@/lib/i18n/negotiate";
import { refuseMessage } from "@/lib/i18n/unreadable-message";

/**
 * Tells next-intl the language of this request and its messages. No address carries a language; a page that writes in
 * the language of somebody else names it.
 */
export default getRequestConfig(async ({ locale: named }) => {
  if (named !== undefined) return configOf(named);
  const [jar, received] = await Promise.all([cookies(), headers()]);
  return configOf(chooseLocale(jar.get(LOCALE_COOKIE)?.value, received.get("accept-language")));
});

const configOf = async (locale: Locale) => ({
  locale,
  messages: await loadMessages(locale),
  timeZone: "Europe/Rome",
  ...(isDevelopment() && { onError: refuseMessage }),
});
