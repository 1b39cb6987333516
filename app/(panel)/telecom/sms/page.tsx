import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountTable } from "@/components/accounts/account-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { listAccounts } from "@/lib/accounts/service";
import { requireCustomerId } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("list.title") };
}

export default async function SmsAccountsPage() {
  const context = await requirePanelContext();
  const listed = await listAccounts(context, requireCustomerId(context.caller));
  if (!listed.ok) notFound();
  const t = await getTranslations("accounts");
  return (
    <>
      <Breadcrumb
        label={t("tabs.breadcrumb")}
        crumbs={[{ text: t("telecom.title"), href: "/telecom" }, { text: t("telecom.sms") }]}
      />
      <PageHeader title={t("list.title")} />
      {listed.value.length === 0 ? (
        <EmptyState title={t("list.empty")}>{t("list.emptyText")}</EmptyState>
      ) : (
        <Card>
          <AccountTable accounts={listed.value} />
        </Card>
      )}
    </>
  );
}
