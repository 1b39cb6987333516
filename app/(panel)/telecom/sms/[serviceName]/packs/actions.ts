"use server";

import type { Failure } from "@/lib/failure";
import { buyCredits } from "@/lib/orders/service";
import { ownAccountKey } from "@/lib/next/account";
import { panelContext } from "@/lib/next/context";
import { goTo } from "@/lib/next/visitor";

/** Buys what the form says, once for each form, and goes to the order: reloading that page buys nothing. */
export async function buyCreditsAction(serviceName: string, form: FormData): Promise<void> {
  const page = `/telecom/sms/${serviceName}/packs`;
  const context = await panelContext();
  if (context === null) goTo(`/sign-in?return=${encodeURIComponent(page)}`);
  const key = ownAccountKey(context.caller, serviceName);
  if (key === null) goTo(`${page}?problem=failed`);
  const asked = context.now();
  const quantity = form.get("quantity");
  const bought = await buyCredits(context, key, {
    quantity,
    idempotencyKey: form.get("idempotencyKey"),
    agreedTotal: form.get("agreedTotal") ?? "",
  });
  if (!bought.ok) {
    const again = new URLSearchParams({
      problem: problemOf(bought.failure),
      quantity: typeof quantity === "string" ? quantity : "",
      asked: asked.getTime().toString(),
    });
    goTo(`${page}?${again.toString()}`);
  }
  // An order that is older than the question was made by a press of the same button before.
  const isRepeat = new Date(bought.value.createdAt) < asked;
  goTo(`${page}/orders/${bought.value.orderId}${isRepeat ? "?repeated=1" : ""}`);
}

/** What the page says above the form; it finds by itself what is wrong with a quantity. */
function problemOf(failure: Failure): string {
  if (failure.code === "conflict") return "conflict";
  if (failure.code === "payment_declined") return "resting";
  if (failure.code !== "invalid_input") return "failed";
  return "agreedTotal" in failure.fields ? "price" : "";
}
