import { useLocale, useTranslations } from "next-intl";
import { FactList } from "@/components/ui/facts";
import { Pill } from "@/components/ui/pill";
import {
  formatCents,
  formatCount,
  formatCountry,
  formatInstant,
  formatPercent,
  formatUnitPrice,
} from "@/lib/format";
import type { OrderDto } from "@/lib/orders/schema";
import { ORDER_PILL } from "./order-state";

/** Who bought, and for which account. */
export type OrderCustomer = {
  readonly customerId: string;
  readonly customerName: string;
  readonly serviceName: string;
  /** What the customer calls the account. */
  readonly name: string;
  readonly timeZone: string;
};

/** An order as it goes to paper: who, what, each figure once, and how it stands. On screen it is the same sheet. */
export function OrderPaper({ order, customer }: { order: OrderDto; customer: OrderCustomer }) {
  const t = useTranslations("orders");
  const tShell = useTranslations("shell");
  const locale = useLocale();
  const money = (cents: string) => formatCents(locale, cents, order.currency);
  const at = (instant: string) => formatInstant(locale, customer.timeZone, instant, "full");
  const cell = "border-b border-line py-2.5 pr-4 align-baseline last:pr-0";
  const sum = "py-1.5 pr-4 text-right last:pr-0";
  return (
    <article className="rounded-m border border-line bg-card p-5 shadow-card sm:p-8 print:border-0 print:p-0 print:shadow-none">
      <p className="mb-8 hidden text-xl font-bold print:block">{tShell("product")}</p>
      <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 className="text-l font-bold">{t("number", { order: order.orderId })}</h2>
          <p className="text-ink-2">{t("made", { date: at(order.createdAt) })}</p>
        </div>
        <Pill kind={ORDER_PILL[order.state]}>{t(`states.${order.state}`)}</Pill>
      </div>
      <FactList
        className="mb-6 max-w-xl print:max-w-none"
        facts={[
          { key: "customer", term: t("customer"), value: customer.customerName },
          { key: "id", term: t("customerId"), value: customer.customerId },
          { key: "account", term: t("account"), value: customer.name, note: customer.serviceName },
          { key: "kind", term: t("what"), value: t(`kinds.${order.kind}`) },
          ...(order.paidAt === null ? [] : [{ key: "paid", term: t("paidAt"), value: at(order.paidAt) }]),
          ...(order.creditedAt === null
            ? []
            : [{ key: "credited", term: t("creditedAt"), value: at(order.creditedAt) }]),
        ]}
      />
      <table className="w-full border-collapse">
        <caption className="sr-only">{t("figures")}</caption>
        <thead>
          <tr className="text-left text-s text-ink-3">
            <th scope="col" className={cell}>
              {t("description")}
            </th>
            <th scope="col" className={`${cell} text-right`}>
              {t("unitPrice")}
            </th>
            <th scope="col" className={`${cell} text-right`}>
              {t("amount")}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className={cell}>
              <span>{t("line", { count: formatCount(locale, order.quantity) })}</span>
              <span className="block text-s text-ink-3">
                {t("priceList", { country: formatCountry(locale, order.priceList.toUpperCase()) })}
              </span>
            </td>
            <td className={`${cell} text-right whitespace-nowrap`}>
              {formatUnitPrice(locale, order.unitPriceMicros, order.currency)}
            </td>
            <td className={`${cell} text-right whitespace-nowrap`}>{money(order.netCents)}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2} className={`${sum} pt-4 font-normal text-ink-2`}>
              {t("net")}
            </th>
            <td className={`${sum} pt-4`}>{money(order.netCents)}</td>
          </tr>
          <tr>
            <th scope="row" colSpan={2} className={`${sum} font-normal text-ink-2`}>
              {t("vat", { rate: formatPercent(locale, order.vatBasisPoints) })}
            </th>
            <td className={sum}>{money(order.vatCents)}</td>
          </tr>
          <tr className="text-l font-bold">
            <th scope="row" colSpan={2} className={sum}>
              {t("totalVat")}
            </th>
            <td className={`${sum} whitespace-nowrap`}>{money(order.totalCents)}</td>
          </tr>
        </tfoot>
      </table>
      <p className="mt-8 text-s text-ink-3">{t("printHint")}</p>
    </article>
  );
}
