import "server-only";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { movements } from "@/db/schema/ledger";
import { messageRecipients, messages } from "@/db/schema/messages";
import type { AccountKey } from "@/lib/accounts/rules";
import { type Credits, creditsOf } from "@/lib/credits";
import { writeDeliveries } from "./delivery-store";
import type { Message, MessageToWrite } from "./rules";

/** The reference of the movement that pays for a message. */
export const referenceOf = (messageId: string): string => `message:${messageId}`;

/** A column as one parameter, however many rows there are. */
const column = (values: readonly (string | number | null)[]) => sql.param(values);

/** Writes messages with their recipients and puts them on their way: three statements for all of them together. */
export async function writeMessages(tx: Database, rows: readonly MessageToWrite[]): Promise<void> {
  await tx.execute(sql`
    insert into messages (customer_id, message_id, service_name, text, encoding, characters, parts_each,
      recipient_count, credit_thousandths, sender, tag, sent_by, idempotency_key, fingerprint, sent_at)
    select * from unnest(
      ${column(rows.map((row) => row.customerId))}::text[],
      ${column(rows.map((row) => row.messageId))}::uuid[],
      ${column(rows.map((row) => row.serviceName))}::text[],
      ${column(rows.map((row) => row.text))}::text[],
      ${column(rows.map((row) => row.encoding))}::text[],
      ${column(rows.map((row) => row.characters))}::int[],
      ${column(rows.map((row) => row.partsEach))}::int[],
      ${column(rows.map((row) => row.recipientCount))}::int[],
      ${column(rows.map((row) => row.credits.toString()))}::int8[],
      ${column(rows.map((row) => row.sender))}::text[],
      ${column(rows.map((row) => row.tag))}::text[],
      ${column(rows.map((row) => row.sentBy))}::text[],
      ${column(rows.map((row) => row.idempotencyKey))}::text[],
      ${column(rows.map((row) => row.fingerprint))}::text[],
      ${column(rows.map((row) => row.sentAt.toISOString()))}::text[]::timestamptz[])`);
  const recipients = rows.flatMap((row) =>
    row.recipients.map((recipient, index) => ({ row, recipient, position: index + 1 })),
  );
  await tx.execute(sql`
    insert into message_recipients (customer_id, message_id, position, number, country, rate_thousandths,
      credit_thousandths)
    select * from unnest(
      ${column(recipients.map(({ row }) => row.customerId))}::text[],
      ${column(recipients.map(({ row }) => row.messageId))}::uuid[],
      ${column(recipients.map(({ position }) => position))}::int[],
      ${column(recipients.map(({ recipient }) => recipient.number))}::text[],
      ${column(recipients.map(({ recipient }) => recipient.country))}::text[],
      ${column(recipients.map(({ recipient }) => recipient.rate.toString()))}::int8[],
      ${column(recipients.map(({ recipient }) => recipient.credits.toString()))}::int8[])`);
  await writeDeliveries(tx, rows);
}

/** A message and what was left after it; null if it was never sent. */
export async function readSent(
  db: Database,
  customerId: string,
  messageId: string,
): Promise<{ message: Message; balanceAfter: Credits } | null> {
  const [row] = await db
    .select({ message: messages, balanceAfter: movements.balanceAfter })
    .from(messages)
    .innerJoin(
      movements,
      and(
        eq(movements.customerId, messages.customerId),
        eq(movements.reference, sql`'message:' || ${messages.messageId}`),
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
