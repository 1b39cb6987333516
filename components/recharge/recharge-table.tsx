import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Pill } from "@/components/ui/pill";
import { Table, type Column } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatCents, formatCount, formatInstant } from "@/lib/format";
import type { RechargeDto } from "@/lib/recharge/schema";
import { RECHARGE_PILL } from "./rule-view";

/** The recharges of an account, newest first. `orderHref` leads from the number of an order to where it is told. */
export function RechargeTable(props: {
  recharges: readonly RechargeDto[];
  timeZone: string;
  orderHref?: ((orderId: string) => Route) | undefined;
}) {
  const { orderHref } = props;
  const t = useTranslations("recharge.history");
  const locale = useLocale();
  if (props.recharges.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  const columns: Column<RechargeDto>[] = [
    {
      key: "when",
      header: t("when"),
      plain: true,
      rowHeader: true,
      cell: ({ claimedAt }) => ({
        at: claimedAt,
        text: formatInstant(locale, props.timeZone, claimedAt),
      }),
    },
    {
      key: "outcome",
      header: t("outcome"),
      plain: true,
      main: true,
      cell: (recharge) => <Pill kind={RECHARGE_PILL[recharge.state]}>{t(`state.${recharge.state}`)}</Pill>,
    },
    {
      key: "order",
      header: t("order"),
      cell: ({ order: { orderId } }) =>
        orderHref === undefined ? (
          orderId
        ) : (
          <TextLink href={orderHref(orderId)} prefetch={false}>
            {orderId}
          </TextLink>
        ),
    },
    {
      key: "credits",
      header: t("credits"),
      numeric: true,
      cell: (recharge) => formatCount(locale, recharge.credits),
    },
    {
      key: "price",
      header: t("price"),
      numeric: true,
      cell: ({ order }) => formatCents(locale, order.netCents, order.currency),
    },
  ];
  return (
    <Table
      caption={t("caption")}
      columns={columns}
      rows={props.recharges}
      rowKey={(recharge) => recharge.rechargeId}
      phone="lines"
    />
  );
}
