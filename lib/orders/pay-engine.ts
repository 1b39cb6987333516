import type { Context } from "@/lib/context";
import type { PaymentGateway } from "@/lib/payments/gateway";
import type { Attempt } from "./attempts-store";
import type { OrderEvent, OrderHandler } from "./order-handler";
import type { Order, OrderKind } from "./rules";

/** Between which steps a test may stop a worker. "asked": the gateway has answered, and nothing is written yet. */
export type PayStep = "paying" | "asked" | "paid" | "credited";

export type PayEngine = {
  readonly gateway: PaymentGateway;
  readonly handlers: Readonly<Record<OrderKind, OrderHandler>>;
  /** How long an order belongs to the worker that took it: longer than the gateway may take. */
  readonly leaseMs: number;
  readonly gatewayTimeoutMs: number;
  readonly onStep?: ((step: PayStep, order: Order) => Promise<void> | void) | undefined;
  /** Told of what went wrong and is tried again. */
  readonly report: (error: unknown, during: string) => void;
};

/** An order in the hands of a worker. */
export type HeldOrder = {
  readonly order: Order;
  readonly lease: string;
  /** The payment that this worker has just begun, so that nobody can have asked for it yet. */
  readonly begun?: Attempt;
};

export function handleEvent(
  engine: PayEngine,
  context: Context,
  order: Order,
  event: OrderEvent,
): Promise<void> {
  return engine.handlers[order.kind].handle(context, order, event);
}
