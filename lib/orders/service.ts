import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { AccountDetail, AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import { mayChange, mayRead } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import type { Lease } from "@/lib/leases/rules";
import { dayIn } from "@/lib/day";
import { cutPage, pageLimit } from "@/lib/page";
import { getPriceList, tiersOn } from "@/lib/rates/service";
import { payingMethod } from "@/lib/payments/method-service";
import { isRowNumber } from "@/lib/search-parameters";
import { isCardResting } from "./card-service";
import { listenForEnd } from "./ended-store";
import {
  hasEnded,
  type Order,
  type OrderKind,
  parseQuantity,
  type Quote,
  quoteOf,
  TOO_MANY_DECLINES,
} from "./rules";
import { type OrderDto, orderDto, type PriceListDto, PurchaseInput } from "./schema";
import { insertOrder, readOrder, readOrderByKey, readOrders, wakeWorkers } from "./store";

/** What `quantity` whole credits cost the account's customer today. Fails with a problem of the field `quantity`. */
export async function quote(context: Context, key: AccountKey, quantity: unknown): Promise<Result<Quote>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const { list, tiers } = await pricesOf(context, account.value);
  const quoted = quoteOf(list, tiers, parseQuantity(quantity));
  if ("quote" in quoted) return ok(quoted.quote);
  return fail({ code: "invalid_input", fields: { quantity: quoted.problem } });
}

/** Today's prices for the account's customer, with which a form prices what is being chosen. */
export async function getPrices(context: Context, key: AccountKey): Promise<Result<PriceListDto>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const { list, tiers } = await pricesOf(context, account.value);
  return ok({
    currency: list.currency,
    vatBasisPoints: Number(list.vat),
    tiers: tiers.map(({ quantityMin, quantityMax, unitPrice }) => ({
      quantityMin,
      quantityMax,
      unitPriceMicros: unitPrice.toString(),
    })),
  });
}

async function pricesOf(context: Context, { priceList, timeZone }: AccountDetail) {
  const list = await getPriceList(context, priceList);
  if (list === null) throw new Error(`there is no price list "${priceList}"`);
  return { list, tiers: await tiersOn(context, priceList, dayIn(timeZone, context.now())) };
}

export type OrderRequest = {
  readonly account: AccountKey;
  readonly kind: OrderKind;
  readonly quantity: unknown;
  /** Unique in the customer. */
  readonly idempotencyKey: string;
  /** Cents with VAT, as printed. An order that would cost anything else is not made. */
  readonly agreedTotal?: string | undefined;
  /** Its first step is due then; at once if not given. */
  readonly dueAt?: Date;
  /** A worker that makes an order goes on with it. */
  readonly held?: Lease;
};

/**
 * Makes an order with the figures of today, for the verbs that buy: they have authorised. The same key with the same
 * content is the order that was made before, whatever has become of it; with other content it is a `conflict`.
 */
export async function placeOrder(
  context: Context,
  { account, kind, quantity, idempotencyKey, agreedTotal, dueAt, held }: OrderRequest,
): Promise<Result<{ order: Order; repeated: boolean }>> {
  const quoted = await quote(context, account, quantity);
  if (!quoted.ok) return quoted;
  const content = JSON.stringify([kind, account.serviceName, quoted.value.quantity]);
  const requestHash = createHash("sha256").update(content).digest("hex");
  const now = context.now();
  const isAgreed = agreedTotal === undefined || agreedTotal === quoted.value.totalCents.toString();
  const made = isAgreed
    ? await insertOrder(context.db, {
        ...quoted.value,
        account,
        kind,
        idempotencyKey,
        requestHash,
        createdAt: now,
        dueAt: dueAt ?? now,
        held: held ?? null,
      })
    : null;
  if (made !== null) return ok({ order: made, repeated: false });
  const earlier = await readOrderByKey(context.db, account.customerId, idempotencyKey);
  // The order of a repeat keeps its own price, whatever it would cost now.
  if (earlier?.requestHash === requestHash) return ok({ order: earlier, repeated: true });
  return isAgreed || earlier !== null
    ? fail({ code: "conflict" })
    : fail({ code: "invalid_input", fields: { agreedTotal: { problem: "price_changed" } } });
}

/**
 * Buys credits by hand. Input: `{ quantity, idempotencyKey, agreedTotal? }`. It only makes the order and wakes a worker: whoever
 * wants to see how it ends waits with `awaitOrder`, or looks again later. With a card that rests after declines it is
 * `payment_declined`, and no order is made.
 */
export async function buyCredits(
  context: Context,
  key: AccountKey,
  input: unknown,
): Promise<Result<OrderDto>> {
  if (!mayRead(context.caller, key.customerId)) return fail({ code: "not_found" });
  if (!mayChange(context.caller, key.customerId)) return fail({ code: "not_allowed" });
  const parsed = PurchaseInput.safeParse(input);
  if (!parsed.success) {
    return fail({ code: "invalid_input", fields: { idempotencyKey: { problem: "idempotency_key_form" } } });
  }
  const { quantity, idempotencyKey, agreedTotal } = parsed.data;
  return context.db.transaction(async (tx) => {
    const inside = { ...context, db: tx };
    // The prefix keeps a person's keys and those of recharges apart.
    const orderKey = `purchase:${idempotencyKey}`;
    const order = {
      account: key,
      kind: "purchase",
      quantity,
      agreedTotal,
      idempotencyKey: orderKey,
    } as const;
    const method = await payingMethod(inside, key.customerId);
    const isRefused =
      method !== null &&
      (await isCardResting(inside, key.customerId, method.token)) &&
      (await readOrderByKey(tx, key.customerId, orderKey)) === null;
    if (isRefused) return fail({ code: "payment_declined", declineCode: TOO_MANY_DECLINES });
    const placed = await placeOrder(inside, order);
    if (!placed.ok) return placed;
    if (!placed.value.repeated) await wakeWorkers(tx);
    return ok(orderDto(placed.value.order));
  });
}

/** One order of a customer. `orderId` as printed. */
export async function getOrder(
  context: Context,
  customerId: string,
  orderId: string,
): Promise<Result<OrderDto>> {
  if (!mayRead(context.caller, customerId) || !isRowNumber(orderId)) return fail({ code: "not_found" });
  const order = await readOrder(context.db, customerId, BigInt(orderId));
  return order === null ? fail({ code: "not_found" }) : ok(orderDto(order));
}

/** A hint tells of an order's end at once; the polls are for hints that are lost, or that a pooler does not pass on. */
const POLL_EVERY_MS = 250;

/** As `getOrder`, but waits until the order has ended, at most `timeoutMs`. */
export async function awaitOrder(
  context: Context,
  customerId: string,
  orderId: string,
  timeoutMs: number,
  pollEveryMs = POLL_EVERY_MS,
): Promise<Result<OrderDto>> {
  const until = performance.now() + timeoutMs;
  let hint = new AbortController();
  let stopListening: (() => void) | null = null;
  try {
    for (;;) {
      // Made before the look, so that no hint falls between the look and the wait.
      hint = new AbortController();
      const order = await getOrder(context, customerId, orderId);
      const left = until - performance.now();
      if (!order.ok || hasEnded(order.value.state) || left <= 0) return order;
      stopListening ??= listenForEnd(context.db, orderId, () => {
        hint.abort();
      });
      await sleep(Math.min(left, pollEveryMs), undefined, { signal: hint.signal }).catch(() => undefined);
    }
  } finally {
    stopListening?.();
  }
}

const MAX_LISTED = 100;

/** An account's orders, newest first; `before` is the last order of the page before. */
export async function listOrders(
  context: Context,
  key: AccountKey,
  { before, limit = 20 }: { readonly before?: string | undefined; readonly limit?: number } = {},
): Promise<Result<{ orders: readonly OrderDto[]; next: string | null }>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const most = pageLimit(limit, MAX_LISTED);
  const page = { before: before === undefined ? undefined : BigInt(before), limit: most + 1 };
  const found = (await readOrders(context.db, key, page)).map(orderDto);
  const { rows, next } = cutPage(found, most, ({ orderId }) => orderId);
  return ok({ orders: rows, next });
}

/** The newest orders of all accounts of a customer. Fails with `not_found`. */
export async function listOrdersOfCustomer(
  context: Context,
  customerId: string,
  { limit = 20 }: { readonly limit?: number } = {},
): Promise<Result<OrderDto[]>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  const page = { before: undefined, limit: pageLimit(limit, MAX_LISTED) };
  return ok((await readOrders(context.db, { customerId }, page)).map(orderDto));
}
