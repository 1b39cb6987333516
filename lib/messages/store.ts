import "server-only";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { entries } from "@/db/schema/ledger";
import { messageRecipients, messages } from "@/db/schema/messages";
import type { AccountKey } from "@/lib/accounts/rules";
import { type Credits, creditsOf } from "@/lib/credits";
import type { AttachedTable, Attachment } from "@/lib/ledger/attachment-rules";
import { NEW_DELIVERY } from "./delivery-store";
import type { Message, MessageToWrite } from "./rules";

/** The idempotency key of the entry that pays for a message. */
export const idempotencyKeyOf = (messageId: string): string => `message:${messageId}`;

const NEW_MESSAGE: AttachedTable<MessageToWrite> = {
  name: "messages",
  columns: {
    customer_id: "text",
    message_id: "uuid",
    service_name: "text",
    text: "text",
    encoding: "text",
    characters: "int4",
    parts_each: "int4",
    recipient_count: "int4",
    credit_thousandths: "int8",
    sender: "text",
    tag: "text",
    sent_by: "text",
    idempotency_key: "text",
    request_hash: "text",
    sent_at: "timestamptz",
  },
  rowsOf: (message) => [
    [
      message.customerId,
      message.messageId,
      message.serviceName,
      message.text,
      message.encoding,
      message.characters,
      message.partsEach,
      message.recipientCount,
      message.credits.toString(),
      message.sender,
      message.tag,
      message.sentBy,
      message.idempotencyKey,
      message.requestHash,
      message.sentAt.toISOString(),
    ],
  ],
};

const ITS_RECIPIENTS: AttachedTable<MessageToWrite> = {
  name: "message_recipients",
  columns: {
    customer_id: "text",
    message_id: "uuid",
    position: "int4",
    number: "text",
    country: "text",
    rate_thousandths: "int8",
    credit_thousandths: "int8",
  },
  rowsOf: ({ customerId, messageId, recipients }) =>
    recipients.map(({ number, country, rate, credits }, index) => [
      customerId,
      messageId,
      index + 1,
      number,
      country,
      rate.toString(),
      credits.toString(),
    ]),
};

/** A message with its recipients, on its way: written with the posting that debits it. */
export const sentWith = (message: MessageToWrite): Attachment<MessageToWrite> => ({
  tables: [NEW_MESSAGE, ITS_RECIPIENTS, NEW_DELIVERY],
  row: message,
});

/** A message and what was left after it; null if it was never sent. */
export async function readSent(
  db: Database,
  customerId: string,
  messageId: string,
): Promise<{ message: Message; balanceAfter: Credits } | null> {
  const [row] = await db
    .select({ message: messages, balanceAfter: entries.balanceAfter })
    .from(messages)
    .innerJoin(
      entries,
      and(
        eq(entries.customerId, messages.customerId),
        eq(entries.idempotencyKey, sql`'message:' || ${messages.messageId}`),
      ),
    )
    .where(and(eq(messages.customerId, customerId), eq(messages.messageId, messageId)));
  return row === undefined
    ? null
    : { message: toMessage(row.message), balanceAfter: creditsOf(row.balanceAfter) };
}

/** Where a page of the list ended. */
export type OutgoingPlace = { readonly sentAt: Date; readonly messageId: string };

/** Messages of an account, newest first, those before `before` only. */
export async function readOutgoing(
  db: Database,
  key: AccountKey,
  before: OutgoingPlace | null,
  limit: number,
): Promise<Message[]> {
  const rows = await db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.customerId, key.customerId),
        eq(messages.serviceName, key.serviceName),
        before === null
          ? undefined
          : sql`(${messages.sentAt}, ${messages.messageId}) <
              (${before.sentAt.toISOString()}::timestamptz, ${before.messageId}::uuid)`,
      ),
    )
    .orderBy(desc(messages.sentAt), desc(messages.messageId))
    .limit(limit);
  return rows.map(toMessage);
}

/** One message of an account with its recipients in their order, or null. */
export async function readOutgoingMessage(
  db: Database,
  key: AccountKey,
  messageId: string,
): Promise<MessageToWrite | null> {
  const [row] = await db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.customerId, key.customerId),
        eq(messages.messageId, messageId),
        eq(messages.serviceName, key.serviceName),
      ),
    );
  if (row === undefined) return null;
  const recipients = await db
    .select()
    .from(messageRecipients)
    .where(and(eq(messageRecipients.customerId, key.customerId), eq(messageRecipients.messageId, messageId)))
    .orderBy(asc(messageRecipients.position));
  return {
    ...toMessage(row),
    recipients: recipients.map(({ number, country, rateThousandths, creditThousandths }) => ({
      number,
      country,
      rate: creditsOf(rateThousandths),
      credits: creditsOf(creditThousandths),
    })),
  };
}

const toMessage = ({ creditThousandths, ...row }: typeof messages.$inferSelect): Message => ({
  ...row,
  credits: creditsOf(creditThousandths),
});
