import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CustomerAccounts } from "@/components/support/customer-accounts";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { listAccounts } from "@/lib/accounts/service";
import { requireStaffContext } from "@/lib/next/staff-context";
import { look } from "@/lib/staff/look-service";

export async function generateMetadata({
  params,
}: PageProps<"/support/customers/[customerId]">): Promise<Metadata> {
  return { title: (await params).customerId };
}

/** The SMS accounts of one customer. */
export default async function CustomerPage({ params }: PageProps<"/support/customers/[customerId]">) {
  const { context, from } = await requireStaffContext();
  const { customerId } = await params;
  const recorded = await look(context, { customerId, what: "overview", from });
  if (!recorded.ok) notFound();
  const accounts = await listAccounts(context, customerId);
  if (!accounts.ok) notFound();
  const [t, tUi] = await Promise.all([getTranslations("support"), getTranslations("ui")]);
  return (
    <>
      <Breadcrumb
        label={tUi("breadcrumb")}
        crumbs={[{ text: t("title"), href: "/support" }, { text: customerId }]}
      />
      <PageHeader title={customerId} description={t("customer.intro")} />
      {accounts.value.length === 0 ? (
        <EmptyState title={t("customer.empty")} />
      ) : (
        <Card>
          <CustomerAccounts accounts={accounts.value} />
        </Card>
      )}
    </>
  );
}
