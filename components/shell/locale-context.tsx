"use client";

import { createContext, type ReactNode } from "react";
import { DEFAULT_LOCALE, type Locale } from "@/lib/i18n/locales";
import type { ErrorTexts } from "./error-texts";

type Language = { readonly locale: Locale; readonly texts: ErrorTexts };

const NO_TEXTS: ErrorTexts = {
  title: "",
  text: "",
  textWithoutReference: "",
  mayBeDone: "",
  reference: "",
  retry: "",
  unavailableTitle: "",
  unavailableText: "",
};

/** The language of the page and what its error pages say, since these must not depend on loaded messages. */
export const LocaleContext = createContext<Language>({ locale: DEFAULT_LOCALE, texts: NO_TEXTS });

export function LocaleProvider({ children, ...language }: Language & { children: ReactNode }) {
  return <LocaleContext value={language}>{children}</LocaleContext>;
}
