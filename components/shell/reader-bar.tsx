import { getLocale, getTranslations } from "next-intl/server";
import { Icon } from "../ui/icon";
import { AccountMenu } from "./account-menu";
import { LanguageChoice } from "./language-choice";
import { Menu } from "./menu";
import { NavLink } from "./nav-link";
import { TopBar } from "./top-bar";

/** The bar at the top as this reader sees it: his sections, the languages, and his way in or out. */
export async function ReaderBar({
  reader,
  chooseLanguageAction,
  signOutAction,
}: {
  reader: { name: string; email: string; isCustomer: boolean } | null;
  chooseLanguageAction: (form: FormData) => Promise<void>;
  signOutAction: () => Promise<void>;
}) {
  const [t, locale] = await Promise.all([getTranslations("shell"), getLocale()]);
  return (
    <TopBar
      product={t("product")}
      skip={t("skip")}
      label={t("sections")}
      sections={[
        ...(reader?.isCustomer === true ? [{ href: "/telecom" as const, text: t("telecom") }] : []),
        ...(reader?.isCustomer === false ? [{ href: "/support" as const, text: t("support") }] : []),
        { href: "/packs", text: t("packs") },
        { href: "/destinations", text: t("destinations") },
      ]}
    >
      <Menu
        summary={
          <>
            <span aria-hidden="true">{locale.toUpperCase()}</span>
            <span className="sr-only">{t("language")}</span>
            <Icon name="down" className="size-4 max-sm:hidden" />
          </>
        }
        summaryClassName="flex min-h-9 items-center gap-1 px-2 text-s text-ink-2 hover:text-ink"
        panelClassName="right-0 mt-2 w-44 p-1.5"
      >
        <LanguageChoice
          current={locale}
          label={t("language")}
          chooseLanguageAction={chooseLanguageAction}
          className="flex-col"
        />
      </Menu>
      {reader === null ? (
        <NavLink
          href="/sign-in"
          className="flex min-h-9 items-center font-semibold text-accent underline-offset-4 hover:underline aria-[current]:hidden"
        >
          {t("signIn")}
        </NavLink>
      ) : (
        <AccountMenu
          name={reader.name}
          email={reader.email}
          pages={[
            { href: "/account", text: t("account") },
            ...(reader.isCustomer
              ? [
                  { href: "/api-keys" as const, text: t("apiKeys") },
                  { href: "/console" as const, text: t("console") },
                ]
              : []),
          ]}
          texts={{ label: t("yourAccount"), signOut: t("signOut") }}
          signOutAction={signOutAction}
        />
      )}
    </TopBar>
  );
}
