import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { MailTable } from "@/components/mail/mail-table";
import { OrderTable } from "@/components/orders/order-table";
import { CustomerAccounts } from "@/components/support/customer-accounts";
import { staffPath } from "@/components/support/paths";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FactList } from "@/components/ui/facts";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { formatDate } from "@/lib/format";
import { requireStaffContext } from "@/lib/next/staff-context";
import { type CustomerFile, getCustomerFile } from "@/lib/staff/customer-service";
import { recordAccess } from "@/lib/staff/access-log-service";

export async function generateMetadata({
  params,
}: PageProps<"/support/customers/[customerId]">): Promise<Metadata> {
  return { title: (await params).customerId };
}

/** One customer: what each account has left, and the latest orders, each leading to why it was charged or was not. */
export default async function CustomerPage({ params }: PageProps<"/support/customers/[customerId]">) {
  const { context, from } = await requireStaffContext();
  const { customerId } = await params;
  const recorded = await recordAccess(context, { customerId, what: "overview", from });
  if (!recorded.ok) notFound();
  const file = await getCustomerFile(context, customerId);
  if (!file.ok) notFound();
  const { name, accounts, orders, timeZone } = file.value;
  const [t, tUi] = await Promise.all([getTranslations("support"), getTranslations("ui")]);
  return (
    <>
      <Breadcrumb
        label={tUi("breadcrumb")}
        crumbs={[{ text: t("title"), href: "/support" }, { text: customerId }]}
      />
      <PageHeader title={name} description={t("customer.intro", { customer: customerId })} />
      <div className="grid gap-4">
        <Card title={t("customer.orders")}>
          {orders.length === 0 ? (
            <p className="text-ink-2">{t("customer.noOrders")}</p>
          ) : (
            <OrderTable
              orders={orders}
              timeZone={timeZone}
              hrefOf={(order, serviceName) => staffPath("/why", { customerId, serviceName }, { order })}
              namesAccount
              linkNote={t("customer.why")}
            />
          )}
        </Card>
        {accounts.length === 0 ? (
          <EmptyState title={t("customer.empty")} />
        ) : (
          <Card title={t("customer.accounts")}>
            <CustomerAccounts accounts={accounts} />
          </Card>
        )}
        <People file={file.value} />
        <Mails file={file.value} />
      </div>
    </>
  );
}

async function People({ file: { people, payment, timeZone } }: { file: CustomerFile }) {
  const [t, locale] = await Promise.all([getTranslations("support.customer"), getLocale()]);
  const paying =
    payment === null
      ? { value: t("noPayment") }
      : {
          value: payment.label,
          note: t("paymentSince", { date: formatDate(locale, timeZone, payment.since) }),
        };
  return (
    <Card title={t("who")}>
      <FactList
        facts={[
          ...people.map(({ name, email }) => ({
            key: email,
            term: name,
            value: <span className="font-normal break-all">{email}</span>,
          })),
          { key: "", term: t("payment"), ...paying },
        ]}
      />
    </Card>
  );
}

/** What was written to the customer's people, and whether it left. */
async function Mails({ file: { mails, timeZone } }: { file: CustomerFile }) {
  const t = await getTranslations("mail.list");
  return (
    <Card title={t("title")}>
      {mails.length === 0 ? (
        <p className="text-ink-2">{t("empty")}</p>
      ) : (
        <MailTable mails={mails} timeZone={timeZone} />
      )}
    </Card>
  );
}
