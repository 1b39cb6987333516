import "server-only";
import { and, desc, eq, gte, lt } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deliveryReceipts } from "@/db/schema/deliveries";
import { messageRecipients, messages } from "@/db/schema/messages";
import type { AccountKey } from "@/lib/accounts/rules";
import type { ReceiptOutcome } from "@/lib/carrier/carrier";
import { creditsOf, type Credits } from "@/lib/credits";

export type NumberedFilter = {
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
  readonly tag?: string | undefined;
};

/** One message as it went to one recipient. */
export type NumberedMessage = {
  readonly receiver: string;
  readonly text: string;
  readonly sender: string | null;
  readonly tag: string | null;
  readonly sentAt: Date;
  readonly characters: number;
  readonly parts: number;
  readonly credits: Credits;
  /** What became of it; null while nobody has said. */
  readonly outcome: ReceiptOutcome | null;
};

const ofAccount = (key: AccountKey) =>
  and(eq(messages.customerId, key.customerId), eq(messages.serviceName, key.serviceName));

/** The numbers of messages with how many recipients each had, newest first. */
export async function readNumbers(db: Database, key: AccountKey, filter: NumberedFilter, limit: number) {
  const { from, before, tag } = filter;
  return db
    .select({ number: messages.messageNumber, recipients: messages.recipientCount })
    .from(messages)
    .where(
      and(
        ofAccount(key),
        from === undefined ? undefined : gte(messages.sentAt, from),
        before === undefined ? undefined : lt(messages.sentAt, before),
        tag === undefined ? undefined : eq(messages.tag, tag),
      ),
    )
    .orderBy(desc(messages.sentAt), desc(messages.messageNumber))
    .limit(limit);
}

/** The number of a message, by its id. */
export async function readNumberOf(
  db: Database,
  customerId: string,
  messageId: string,
): Promise<bigint | null> {
  const [row] = await db
    .select({ number: messages.messageNumber })
    .from(messages)
    .where(and(eq(messages.customerId, customerId), eq(messages.messageId, messageId)));
  return row?.number ?? null;
}

/** The recipients of a message in their order, by its id. */
export async function readReceivers(
  db: Database,
  customerId: string,
  messageId: string,
): Promise<{ position: number; number: string }[]> {
  return db
    .select({ position: messageRecipients.position, number: messageRecipients.number })
    .from(messageRecipients)
    .where(and(eq(messageRecipients.customerId, customerId), eq(messageRecipients.messageId, messageId)))
    .orderBy(messageRecipients.position);
}

export async function readNumbered(
  db: Database,
  key: AccountKey,
  number: bigint,
  position: number,
): Promise<NumberedMessage | null> {
  const [row] = await db
    .select({
      receiver: messageRecipients.number,
      text: messages.text,
      sender: messages.sender,
      tag: messages.tag,
      sentAt: messages.sentAt,
      characters: messages.characters,
      parts: messages.partsEach,
      credits: messageRecipients.creditThousandths,
      outcome: deliveryReceipts.outcome,
    })
    .from(messages)
    .innerJoin(
      messageRecipients,
      and(
        eq(messageRecipients.customerId, messages.customerId),
        eq(messageRecipients.messageId, messages.messageId),
      ),
    )
    .leftJoin(
      deliveryReceipts,
      and(
        eq(deliveryReceipts.customerId, messageRecipients.customerId),
        eq(deliveryReceipts.messageId, messageRecipients.messageId),
        eq(deliveryReceipts.position, messageRecipients.position),
      ),
    )
    .where(and(ofAccount(key), eq(messages.messageNumber, number), eq(messageRecipients.position, position)));
  return row === undefined ? null : { ...row, credits: creditsOf(row.credits) };
}
