import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { chooseLanguageAction } from "@/app/actions";
import { Providers } from "@/app/providers";
import { AccountList, type MenuAccount } from "@/components/shell/account-list";
import { Menu } from "@/components/shell/menu";
import { ReaderBar } from "@/components/shell/reader-bar";
import { Icon } from "@/components/ui/icon";
import { route } from "@/components/ui/route";
import type { AccountSummary } from "@/lib/accounts/rules";
import { listAccounts } from "@/lib/accounts/service";
import { NO_CREDITS, printCredits } from "@/lib/credits";
import { formatCredits, pluralOf } from "@/lib/format";
import { isDue } from "@/lib/ledger/rules";
import { goToSignIn, panelContext, panelPerson } from "@/lib/next/context";
import { signOutAction } from "./actions";

export default async function PanelLayout({ children }: LayoutProps<"/">) {
  const [person, t] = await Promise.all([panelPerson(), getTranslations("shell")]);
  // The verbs refuse strangers; here he is only sent to where he can do something about it.
  if (person === null) return goToSignIn();
  const accounts = await menuAccounts();

  return (
    <Providers>
      <ReaderBar
        reader={{ ...person, isCustomer: person.role === "customer" }}
        chooseLanguageAction={chooseLanguageAction}
        signOutAction={signOutAction}
      />
      {accounts.length === 0 ? (
        <div className="mx-auto max-w-300">
          <Main>{children}</Main>
        </div>
      ) : (
        <div className="lg:grid print:block! lg:min-h-[calc(100dvh-3.5rem)] lg:grid-cols-[16.5rem_minmax(0,1fr)]">
          <aside className="border-b border-line bg-card lg:border-r lg:border-b-0 lg:px-3 lg:py-6 print:hidden">
            <Menu
              className="lg:hidden"
              summary={
                <>
                  <Icon name="menu" />
                  <span>{t("smsAccounts")}</span>
                </>
              }
              summaryClassName="flex min-h-11 items-center gap-2 px-4 text-s font-semibold text-ink-2"
              panelClassName="inset-x-2 mt-1 p-1.5"
            >
              <AccountList label={t("smsAccounts")} accounts={accounts} />
            </Menu>
            <div className="max-lg:hidden">
              <p className="mx-3 mb-2 text-s font-semibold text-ink-3">{t("sms")}</p>
              <AccountList label={t("smsAccounts")} accounts={accounts} />
            </div>
          </aside>
          <Main>{children}</Main>
        </div>
      )}
    </Providers>
  );
}

function Main({ children }: { children: ReactNode }) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="w-full max-w-270 min-w-0 px-4 pt-5 pb-12 outline-none sm:px-8 sm:pt-6"
    >
      {children}
    </main>
  );
}

/** The SMS accounts of a customer as the menu shows them; none for staff, who look accounts up. */
async function menuAccounts(): Promise<readonly MenuAccount[]> {
  const [context, t, locale] = await Promise.all([panelContext(), getTranslations("shell"), getLocale()]);
  if (context?.caller.kind !== "customer") return [];
  const accounts = await listAccounts(context, context.caller.customerId);
  if (!accounts.ok) return [];
  return accounts.value.map((account) => {
    const printed = printCredits(account.balance);
    const balanceText = formatCredits(locale, printed);
    const balance = t("balance", { credits: balanceText, n: pluralOf(printed) });
    const level = levelOf(account);
    return {
      href: route(`/telecom/sms/${account.serviceName}`),
      name: account.name,
      serviceName: account.serviceName,
      level,
      balanceText,
      balanceLabel:
        level === "enough" ? balance : `${balance}, ${t(level === "low" ? "lowBalance" : "emptyBalance")}`,
    };
  });
}

function levelOf({ balance, threshold }: AccountSummary): MenuAccount["level"] {
  if (balance <= NO_CREDITS) return "empty";
  return isDue(balance, threshold) ? "low" : "enough";
}
