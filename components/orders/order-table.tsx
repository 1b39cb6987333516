import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Pill } from "@/components/ui/pill";
import { type Column, Table } from "@/components/ui/table";
import { formatCents, formatCount, formatInstant } from "@/lib/format";
import type { OrderDto } from "@/lib/orders/schema";
import { ORDER_PILL } from "./order-state";

/** An account's orders, newest first. */
export function OrderTable({
  orders,
  timeZone,
  hrefOf,
}: {
  orders: readonly OrderDto[];
  timeZone: string;
  hrefOf: (orderId: string) => Route;
}) {
  const t = useTranslations("orders");
  const locale = useLocale();
  const columns: Column<OrderDto>[] = [
    {
      key: "order",
      header: t("order"),
      rowHeader: true,
      cell: ({ orderId }) => (
        <Link href={hrefOf(orderId)} className="text-accent underline-offset-4 hover:underline">
          {orderId}
        </Link>
      ),
    },
    {
      key: "date",
      header: t("date"),
      cell: ({ createdAt }) => formatInstant(locale, timeZone, createdAt, "dated"),
    },
    { key: "what", header: t("what"), cell: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: "quantity",
      header: t("quantity"),
      numeric: true,
      cell: ({ quantity }) => formatCount(locale, quantity),
    },
    {
      key: "total",
      header: t("total"),
      numeric: true,
      main: true,
      cell: ({ totalCents, currency }) => formatCents(locale, totalCents, currency),
    },
    {
      key: "state",
      header: t("state"),
      cell: ({ state }) => <Pill kind={ORDER_PILL[state]}>{t(`states.${state}`)}</Pill>,
    },
  ];
  return (
    <Table
      caption={t("caption")}
      columns={columns}
      rows={orders}
      rowKey={({ orderId }) => orderId}
      phone="lines"
    />
  );
}
