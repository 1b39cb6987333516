import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Pill } from "@/components/ui/pill";
import { type Column, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatCents, formatCount, formatInstant } from "@/lib/format";
import type { OrderDto } from "@/lib/orders/schema";
import { ORDER_PILL } from "./order-state";

/** Orders, newest first. Where they are of several accounts, `namesAccount` says of which each is. */
export function OrderTable({
  orders,
  timeZone,
  hrefOf,
  namesAccount = false,
  linkNote = "",
}: {
  orders: readonly OrderDto[];
  timeZone: string;
  hrefOf: (orderId: string, serviceName: string) => Route;
  namesAccount?: boolean;
  /** What the link leads to, where that is not the order itself. */
  linkNote?: string;
}) {
  const t = useTranslations("orders");
  const locale = useLocale();
  const columns: Column<OrderDto>[] = [
    {
      key: "order",
      header: t("order"),
      rowHeader: true,
      // Not fetched before it is asked for: where staff look, that is an access which is recorded.
      cell: ({ orderId, serviceName }) => (
        <TextLink href={hrefOf(orderId, serviceName)} prefetch={false}>
          {`${orderId} ${linkNote}`.trim()}
        </TextLink>
      ),
    },
    ...(namesAccount
      ? [{ key: "account", header: t("account"), cell: ({ serviceName }: OrderDto) => serviceName }]
      : []),
    {
      key: "date",
      header: t("date"),
      cell: ({ createdAt }) => formatInstant(locale, timeZone, createdAt),
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
