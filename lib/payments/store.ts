import "server-only";
import { eq, ne } from "drizzle-orm";
import type { Database } from "@/db/client";
import { paymentMethods } from "@/db/schema/payments";
import type { PaymentMethod } from "./rules";

/** "hold" keeps the row as it is until the transaction ends. */
export async function readPaymentMethod(
  db: Database,
  customerId: string,
  mode: "read" | "hold" = "read",
): Promise<PaymentMethod | null> {
  const read = db
    .select({
      token: paymentMethods.token,
      label: paymentMethods.label,
      changedAt: paymentMethods.changedAt,
    })
    .from(paymentMethods)
    .where(eq(paymentMethods.customerId, customerId));
  const [method] = await (mode === "hold" ? read.for("share") : read);
  return method ?? null;
}

/** As it is shown, without the token, which the role of staff may not read. */
export async function readPaymentLabel(
  db: Database,
  customerId: string,
): Promise<Omit<PaymentMethod, "token"> | null> {
  const [method] = await db
    .select({ label: paymentMethods.label, changedAt: paymentMethods.changedAt })
    .from(paymentMethods)
    .where(eq(paymentMethods.customerId, customerId));
  return method ?? null;
}

/** Returns false, and changes nothing, if the customer pays with this card already. */
export async function writePaymentMethod(
  db: Database,
  customerId: string,
  { token, label, changedAt }: PaymentMethod,
): Promise<boolean> {
  const rows = await db
    .insert(paymentMethods)
    .values({ customerId, token, label, changedAt })
    .onConflictDoUpdate({
      target: paymentMethods.customerId,
      set: { token, label, changedAt },
      setWhere: ne(paymentMethods.token, token),
    })
    .returning({ token: paymentMethods.token });
  return rows.length > 0;
}
