import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deliveries, deliveryReceipts } from "@/db/schema/deliveries";
import { messageRecipients, messages } from "@/db/schema/messages";
import type { Handover, Receipt } from "@/lib/carrier/carrier";
import { takeDue, type Taking, writeHeldRow } from "@/lib/leases/store";
import type { AttachedTable } from "@/lib/ledger/attachment-rules";
import { type Delivery, NO_RECEIPT } from "./delivery-rules";
import type { MessageToWrite } from "./rules";

const isDelivery = (customerId: string, messageId: string) =>
  and(eq(deliveries.customerId, customerId), eq(deliveries.messageId, messageId));

/** A column as one parameter, however many rows there are. */
const column = (values: readonly (string | number | null)[]) => sql.param(values);

/** Puts a message on its way, with the posting that debits it. */
export const NEW_DELIVERY: AttachedTable<MessageToWrite> = {
  name: "deliveries",
  columns: {
    customer_id: "text",
    message_id: "uuid",
    state: "text",
    recipient_count: "int4",
    due_at: "timestamptz",
  },
  rowsOf: (message) => [
    [
      message.customerId,
      message.messageId,
      "waiting",
      message.recipients.length,
      message.sentAt.toISOString(),
    ],
  ],
};

/** Takes deliveries whose next step is due and that nobody holds. */
export async function takeDueDeliveries(db: Database, taking: Taking): Promise<Delivery[]> {
  return takeDue(db, deliveries, deliveries.messageId, taking);
}

/** What is handed over to the carrier, under the id of the message. */
export async function readHandover(
  db: Database,
  { customerId, messageId }: Pick<Delivery, "customerId" | "messageId">,
): Promise<Handover> {
  const [row] = await db
    .select({
      sender: messages.sender,
      text: messages.text,
      numbers: sql<
        string[]
      >`(select array_agg(${messageRecipients.number} order by ${messageRecipients.position})
        from ${messageRecipients} where ${messageRecipients.customerId} = ${customerId}
          and ${messageRecipients.messageId} = ${messageId})`,
    })
    .from(messages)
    .where(and(eq(messages.customerId, customerId), eq(messages.messageId, messageId)));
  if (row === undefined) throw new Error(`the message ${messageId} is on its way and is not there`);
  return { idempotencyKey: messageId, ...row };
}

export type DeliveryStep = Partial<
  Pick<Delivery, "state" | "delivered" | "undelivered" | "failures" | "handedAt" | "endedAt">
> & { readonly dueAt: Date | null };

/** Writes a step and lets go. False, and nothing is written, if the lease has gone to somebody else. */
export async function moveDelivery(
  db: Database,
  { customerId, messageId }: Pick<Delivery, "customerId" | "messageId">,
  lease: string,
  step: DeliveryStep,
): Promise<boolean> {
  return (await writeHeldRow(db, deliveries, isDelivery(customerId, messageId), lease, step, null)) !== null;
}

export async function insertReceipts(
  tx: Database,
  { customerId, messageId }: Delivery,
  receipts: readonly Receipt[],
): Promise<void> {
  if (receipts.length === 0) return;
  await tx.execute(sql`
    insert into delivery_receipts (customer_id, message_id, position, outcome, code, received_at)
    select ${customerId}, ${messageId}::uuid, * from unnest(
      ${column(receipts.map((receipt) => receipt.position))}::int[],
      ${column(receipts.map((receipt) => receipt.outcome))}::text[],
      ${column(receipts.map((receipt) => receipt.code))}::text[],
      ${column(receipts.map((receipt) => receipt.receivedAt.toISOString()))}::text[]::timestamptz[])`);
}

/** Writes for each recipient without a receipt that there was none. */
export async function insertMissingReceipts(
  tx: Database,
  { customerId, messageId }: Delivery,
  at: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into delivery_receipts (customer_id, message_id, position, outcome, code, received_at)
    select customer_id, message_id, position, 'undelivered', ${NO_RECEIPT}, ${at.toISOString()}::timestamptz
    from message_recipients r where customer_id = ${customerId} and message_id = ${messageId}::uuid
      and not exists (select from delivery_receipts d where (d.customer_id, d.message_id, d.position)
        = (r.customer_id, r.message_id, r.position))`);
}

/** The way of one message; null for one of before deliveries were followed. */
export async function readDelivery(
  db: Database,
  customerId: string,
  messageId: string,
): Promise<Delivery | null> {
  const [row] = await db.select().from(deliveries).where(isDelivery(customerId, messageId));
  return row ?? null;
}

/** The receipts of a message, by the position of the recipient. */
export async function readReceipts(
  db: Database,
  customerId: string,
  messageId: string,
): Promise<Map<number, Receipt>> {
  const rows = await db
    .select()
    .from(deliveryReceipts)
    .where(and(eq(deliveryReceipts.customerId, customerId), eq(deliveryReceipts.messageId, messageId)));
  return new Map(rows.map((row) => [row.position, row]));
}
