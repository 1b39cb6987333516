import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { orderPath, ordersPath, packsPath } from "@/components/accounts/paths";
import { OrderNotice } from "@/components/orders/order-notice";
import { OrderPaper } from "@/components/orders/order-paper";
import { PrintButton } from "@/components/orders/print-button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { route } from "@/components/ui/route";
import { getAccount } from "@/lib/accounts/service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { awaitOrder } from "@/lib/orders/service";

/** Most payments end sooner; then the page never has to show that one is under way. */
const WAIT_MS = 700;

type Page = PageProps<"/telecom/sms/[serviceName]/packs/orders/[orderId]">;

export async function generateMetadata({ params }: Page): Promise<Metadata> {
  const t = await getTranslations("orders");
  return { title: t("number", { order: (await params).orderId }) };
}

export default async function OrderPage({ params, searchParams }: Page) {
  const context = await requirePanelContext();
  const { serviceName, orderId } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const [account, order, t, tPacks, { repeated }] = await Promise.all([
    getAccount(context, key),
    awaitOrder(context, key.customerId, orderId, WAIT_MS),
    getTranslations("orders"),
    getTranslations("packs.buy"),
    searchParams,
  ]);
  if (!account.ok || !order.ok || order.value.serviceName !== serviceName) notFound();
  const buyHref = packsPath(serviceName);
  return (
    <>
      <div className="print:hidden">
        <AccountHeader
          serviceName={serviceName}
          title={t("number", { order: orderId })}
          actions={
            <>
              <PrintButton>{t("print")}</PrintButton>
              <ButtonLink href={buyHref} variant="ghost">
                {t("buyMore")}
              </ButtonLink>
            </>
          }
          below={[
            { text: tPacks("title"), href: buyHref },
            { text: t("title"), href: ordersPath(serviceName) },
            { text: orderId },
          ]}
        />
      </div>
      {repeated === undefined ? null : <Notice className="print:hidden">{t("repeated")}</Notice>}
      <OrderNotice
        order={order.value}
        orderHref={orderPath(serviceName, orderId)}
        paymentHref="/account"
        buyHref={route(`${buyHref}?quantity=${order.value.quantity.toString()}`)}
      />
      <OrderPaper order={order.value} customer={account.value} />
    </>
  );
}
