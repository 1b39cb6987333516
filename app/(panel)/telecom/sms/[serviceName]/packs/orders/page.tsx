import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { orderPath, ordersPath, packsPath } from "@/components/accounts/paths";
import { OrderTable } from "@/components/orders/order-table";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { route } from "@/components/ui/route";
import { getAccount } from "@/lib/accounts/service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { listOrders } from "@/lib/orders/service";
import { placeBefore } from "@/lib/search-parameters";

const PER_PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders");
  return { title: t("title") };
}

export default async function OrdersPage({
  params,
  searchParams,
}: PageProps<"/telecom/sms/[serviceName]/packs/orders">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const before = placeBefore(await searchParams);
  const [account, listed, t, tPacks] = await Promise.all([
    getAccount(context, key),
    listOrders(context, key, { before, limit: PER_PAGE }),
    getTranslations("orders"),
    getTranslations("packs.buy"),
  ]);
  if (!account.ok || !listed.ok) notFound();
  const { orders, next } = listed.value;
  const here = ordersPath(serviceName);
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("title")}
        below={[{ text: tPacks("title"), href: packsPath(serviceName) }, { text: t("title") }]}
      />
      {orders.length === 0 ? (
        <EmptyState
          title={t("empty")}
          action={<ButtonLink href={packsPath(serviceName)}>{tPacks("title")}</ButtonLink>}
        >
          {t("emptyText")}
        </EmptyState>
      ) : (
        <Card>
          <OrderTable
            orders={orders}
            timeZone={account.value.timeZone}
            hrefOf={(orderId) => orderPath(serviceName, orderId)}
          />
          <Pager
            start={before !== undefined ? { text: t("newest"), href: here } : null}
            next={next === null ? null : { text: t("older"), href: route(`${here}?before=${next}`) }}
          />
        </Card>
      )}
    </>
  );
}
