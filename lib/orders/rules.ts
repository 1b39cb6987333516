import type { AccountKey } from "@/lib/accounts/rules";
import type { FieldProblem } from "@/lib/failure";
import { type BasisPoints, type Micros, type Price, priceOf } from "@/lib/money";
import { type PackTier, type PriceList, tierFor } from "@/lib/rates/rules";

/** The most credits that one order buys. */
export const LARGEST_ORDER = 1_000_000;

/** A rule bought it, or a person. */
export type OrderKind = "recharge" | "purchase";

/**
 * Where an order stands. `open`: nobody was asked for money. `paying`: the gateway is being asked. `unknown`: it was,
 * and did not say. `waiting`: it declined, and is asked again later. `paid`: the credits are still owed. The last three
 * are ends.
 */
export const ORDER_STATES = [
  "open",
  "paying",
  "unknown",
  "waiting",
  "paid",
  "credited",
  "declined",
  "cancelled",
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Every step that an order can take, and no other. An order is never cancelled once money may have moved. */
export const NEXT_STATES: Readonly<Record<OrderState, readonly OrderState[]>> = {
  open: ["paying", "declined", "cancelled"],
  paying: ["paid", "unknown", "waiting", "declined"],
  unknown: ["unknown", "paid", "waiting", "declined"],
  waiting: ["paying", "declined", "cancelled"],
  paid: ["credited"],
  credited: [],
  declined: [],
  cancelled: [],
};

/** The states from which an order can come into this one. */
export const statesBefore = (next: OrderState): OrderState[] =>
  ORDER_STATES.filter((state) => NEXT_STATES[state].includes(next));

export const hasEnded = (state: OrderState): boolean => NEXT_STATES[state].length === 0;

/** What a number of credits costs on one day, with everything that the figures came from. */
export type Quote = Price & {
  /** Whole credits. */
  readonly quantity: number;
  readonly priceList: string;
  readonly currency: string;
  readonly unitPrice: Micros;
  readonly unitPriceSource: string;
  readonly vat: BasisPoints;
};

/** A purchase. Its figures are those of the day it was made and never change. */
export type Order = Quote & {
  readonly account: AccountKey;
  readonly orderId: bigint;
  readonly kind: OrderKind;
  readonly state: OrderState;
  /** Payments begun so far. */
  readonly attempts: number;
  /** The gateway's code of the last decline. */
  readonly declineCode: string | null;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly creditedAt: Date | null;
  /** When the next step is due; null once it has ended. */
  readonly dueAt: Date | null;
};

/** Reads a quantity of whole credits that somebody typed or sent; null if it is none that could ever be ordered. */
export function parseQuantity(value: unknown): number | null {
  const text = typeof value === "number" ? value.toString() : value;
  if (typeof text !== "string" || !/^[1-9]\d{0,6}$/.test(text)) return null;
  const quantity = Number(text);
  return quantity <= LARGEST_ORDER ? quantity : null;
}

/** Prices a quantity, or says what is wrong with it: the list sells no pack so small, or none so large. */
export function quoteOf(
  list: PriceList,
  tiers: readonly PackTier[],
  quantity: number | null,
): { readonly quote: Quote } | { readonly problem: FieldProblem } {
  const tier = quantity === null || quantity > LARGEST_ORDER ? null : tierFor(tiers, quantity);
  if (quantity === null || tier === null) {
    const least = tiers[0]?.quantityMin ?? 1;
    return { problem: { problem: "quantity_out_of_range", values: { least, most: LARGEST_ORDER } } };
  }
  return {
    quote: {
      quantity,
      priceList: list.priceList,
      currency: list.currency,
      unitPrice: tier.unitPrice,
      unitPriceSource: tier.source,
      vat: list.vat,
      ...priceOf(quantity, tier.unitPrice, list.vat),
    },
  };
}

/** The key under which the gateway is asked. A payment tried again after a decline is another payment: another key. */
export const paymentKey = (order: Order, attempt: number): string =>
  `${order.account.customerId}:${order.idempotencyKey}:${attempt.toString()}`;

const FIRST_QUESTION_MS = 1000;
const LAST_QUESTION_MS = 5 * 60_000;

/** How long until an unknown outcome is asked after again: as long as it has been unknown, within bounds, and so doubling. */
export function waitBeforeAsking(startedAt: Date, now: Date): number {
  return Math.min(Math.max(now.getTime() - startedAt.getTime(), FIRST_QUESTION_MS), LAST_QUESTION_MS);
}

/** Why a payment did not take place. */
export type Decline = {
  /** The gateway's, or `NO_PAYMENT_METHOD`. */
  readonly code: string;
  /** The same card can never succeed. */
  readonly final: boolean;
  readonly needsAuthentication: boolean;
  /** The card that was asked; null when there was none. */
  readonly methodToken: string | null;
};

/** The code of a payment that could not begin, because the customer has chosen no card. */
export const NO_PAYMENT_METHOD = "no_payment_method";

/** The code of a payment by hand that was not asked for, because the card has just been declined so often. */
export const TOO_MANY_DECLINES = "too_many_declines";

/** Payments by hand with one card that may be declined in a row within an hour; then it rests for an hour. */
export const MAX_DECLINES_BY_HAND = 4;
const HOUR_MS = 60 * 60_000;

/** A payment that has an outcome. */
export type AnsweredPayment = { readonly isPaid: boolean; readonly finishedAt: Date };

/**
 * Is a card to rest? `latest` are the answered payments by hand with it, newest first. A rule counts its own declines
 * and stops by itself, so those are not in it: a purchase by hand is how a customer shows that the card works again.
 * Payments that are being asked for at the same moment may pass: a few, as many as the workers do at once.
 */
export function isResting(latest: readonly AnsweredPayment[], now: Date): boolean {
  const row = latest.slice(0, MAX_DECLINES_BY_HAND);
  const [newest, oldest] = [row[0], row[MAX_DECLINES_BY_HAND - 1]];
  if (newest === undefined || oldest === undefined || row.some(({ isPaid }) => isPaid)) return false;
  const newestAt = newest.finishedAt.getTime();
  return newestAt - oldest.finishedAt.getTime() < HOUR_MS && now.getTime() - newestAt < HOUR_MS;
}

/** The channel on which the database says which order has ended. */
export const ENDED_CHANNEL = "order_ended";
