import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ERROR_TEXTS } from "@/components/shell/error-texts";
import { LocaleProvider } from "@/components/shell/locale-context";
import { NavigationProgress } from "@/components/shell/navigation-progress";
import { ProgressPlace } from "@/components/ui/progress";
import "./globals.css";

// Two files under two names, so that a page without an "ł" or "ő" never fetches the second.
const latin = localFont({
  src: "../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
  weight: "200 900",
  display: "swap",
  variable: "--font-latin",
  adjustFontFallback: "Arial",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    },
  ],
});
const latinExt = localFont({
  src: "../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2",
  weight: "200 900",
  display: "swap",
  preload: false,
  variable: "--font-latin-ext",
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
    },
  ],
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return {
    title: { template: `%s · ${t("product")}`, default: t("product") },
    description: t("description"),
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#161e2d" },
  ],
};

export default async function RootLayout({ children }: LayoutProps<"/">) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("ui")]);
  return (
    <html lang={locale} className={`${latin.variable} ${latinExt.variable}`}>
      <body>
        <ProgressPlace text={t("loading")} />
        <Suspense>
          <NavigationProgress />
        </Suspense>
        <LocaleProvider locale={locale} texts={ERROR_TEXTS[locale]}>
          {children}
        </LocaleProvider>
      </body>
    </html>
  );
}
