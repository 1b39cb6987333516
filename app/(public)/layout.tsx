import { getLocale, getTranslations } from "next-intl/server";
import { chooseLanguageAction } from "@/app/actions";
import { Brand } from "@/components/shell/brand";
import { LanguageChoice } from "@/components/shell/language-choice";
import { SkipLink } from "@/components/shell/skip-link";

export default async function PublicLayout({ children }: LayoutProps<"/">) {
  const [t, locale] = await Promise.all([getTranslations("shell"), getLocale()]);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center border-b border-line bg-card px-4 sm:px-6">
        <SkipLink text={t("skip")} />
        <Brand name={t("product")} />
      </header>
      <main id="main" tabIndex={-1} className="flex-1 px-4 py-8 outline-none sm:py-16">
        {children}
      </main>
      <footer className="flex justify-center border-t border-line bg-card px-4 py-2 print:hidden">
        <LanguageChoice
          current={locale}
          label={t("language")}
          chooseLanguageAction={chooseLanguageAction}
          className="flex-row flex-wrap justify-center gap-1"
        />
      </footer>
    </div>
  );
}
