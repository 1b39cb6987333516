import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { stateOfAccount } from "@/components/accounts/account-view";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Pill } from "@/components/ui/pill";
import { listAccounts } from "@/lib/accounts/service";
import { addCredits, NO_CREDITS, printCredits } from "@/lib/credits";
import { formatCredits, pluralOf } from "@/lib/format";
import { requireCustomerId } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { notFound } from "next/navigation";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("telecom.title") };
}

export default async function TelecomPage() {
  const context = await requirePanelContext();
  const listed = await listAccounts(context, requireCustomerId(context.caller));
  if (!listed.ok) notFound();
  const accounts = listed.value;
  const [t, locale] = await Promise.all([getTranslations("accounts"), getLocale()]);
  const total = printCredits(accounts.reduce((sum, account) => addCredits(sum, account.balance), NO_CREDITS));
  const attention = accounts.filter((account) => stateOfAccount(account) !== "fine").length;
  return (
    <>
      <PageHeader title={t("telecom.title")} description={t("telecom.intro")} />
      <Card
        className="relative max-w-120"
        title={
          <Link
            href="/telecom/sms"
            className="text-l text-accent after:absolute after:inset-0 hover:underline"
          >
            {t("telecom.sms")}
          </Link>
        }
        action={
          attention === 0 ? null : (
            <Pill kind="warn">{t("telecom.needsAttention", { count: attention })}</Pill>
          )
        }
      >
        <p className="text-2xl font-bold tracking-tight">{formatCredits(locale, total)}</p>
        <p className="mt-2 text-ink-2">
          {t("telecom.smsCredits", { n: pluralOf(total), count: accounts.length })}
        </p>
      </Card>
    </>
  );
}
