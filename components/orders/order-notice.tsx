import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { formatCount } from "@/lib/format";
import type { OrderDto } from "@/lib/orders/schema";
import { RefreshWhilePending } from "@/components/ui/refresh-while-pending";
import { isUnderWay, declineReasonOf } from "./order-state";

const KIND = {
  open: "info",
  paying: "info",
  unknown: "warn",
  waiting: "warn",
  paid: "info",
  credited: "good",
  declined: "bad",
  cancelled: "info",
} as const;

/** How an order stands, in a sentence; and what to do about a payment that was declined. */
export function OrderNotice({
  order,
  orderHref,
  paymentHref,
  buyHref,
}: {
  order: OrderDto;
  orderHref: Route;
  paymentHref: Route;
  buyHref: Route;
}) {
  const t = useTranslations("orders");
  const locale = useLocale();
  const { state } = order;
  // Nobody cancels a purchase by hand: it waited too long for its payment.
  const isExpired = state === "cancelled" && order.kind === "purchase";
  const reason = t(`reasons.${declineReasonOf(order.declineCode)}`);
  return (
    <Notice kind={KIND[state]} announce="status" className="print:hidden">
      <p>
        {t(`progress.${isExpired ? "expired" : state}`, {
          reason,
          count: formatCount(locale, order.quantity),
        })}
      </p>
      {state === "declined" || state === "waiting" ? (
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          <ButtonLink href={paymentHref} variant="ghost">
            {t("changeMethod")}
          </ButtonLink>
          {state === "declined" ? (
            <Link href={buyHref} className="font-semibold text-accent underline-offset-4 hover:underline">
              {t("buyAgain")}
            </Link>
          ) : null}
        </p>
      ) : null}
      {isUnderWay(state) ? (
        <>
          {state === "waiting" ? null : (
            <progress aria-label={t(`states.${state}`)} className="mt-2 block h-1.5 w-full accent-accent" />
          )}
          <RefreshWhilePending state={state} />
          <noscript>
            <p className="mt-1">
              <a href={orderHref} className="font-semibold text-accent underline">
                {t("progress.refresh")}
              </a>
            </p>
          </noscript>
        </>
      ) : null}
    </Notice>
  );
}
