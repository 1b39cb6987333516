"use server";

import { cookies } from "next/headers";
import { isLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { currentSettings, originOf } from "@/lib/env";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language that was pressed; the page is drawn again in it by the same answer. */
export async function chooseLanguageAction(form: FormData): Promise<void> {
  const locale = form.get("locale");
  if (!isLocale(locale)) return;
  (await cookies()).set(LOCALE_COOKIE, locale, {
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
    secure: originOf(currentSettings()).startsWith("https:"),
    path: "/",
  });
}
