import "server-only";
import { z } from "zod";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Receipt } from "@/lib/carrier/carrier";
import type { Context } from "@/lib/context";
import { printCredits } from "@/lib/credits";
import { fail, ok, type Result } from "@/lib/failure";
import { cutPage, pageLimit } from "@/lib/page";
import type { Delivery } from "./delivery-rules";
import { readDelivery, readReceipts } from "./delivery-store";
import type { Message } from "./rules";
import type { DeliveryDto, OutgoingDetailDto, OutgoingDto, ReceiptDto } from "./schema";
import { type OutgoingPlace, readOutgoing, readOutgoingMessage } from "./store";

const MAX_LISTED = 200;

/**
 * What an account sent, newest first. `next` is where the following page begins, to be handed back as `before`; null
 * after the last. A `before` that is none begins at the newest.
 */
export async function listOutgoing(
  context: Context,
  key: AccountKey,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<Result<{ messages: OutgoingDto[]; next: string | null }>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const limit = pageLimit(page.limit, MAX_LISTED);
  const found = await readOutgoing(context.db, key, parsePlace(page.before), limit + 1);
  const { rows, next } = cutPage(found, limit, printPlace);
  return ok({ messages: rows.map(toDto), next });
}

/** One message of an account with its recipients, each at the rate at which it was charged, and its way to them. */
export async function getOutgoing(
  context: Context,
  key: AccountKey,
  messageId: string,
): Promise<Result<OutgoingDetailDto>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  if (!MessageId.safeParse(messageId).success) return fail({ code: "not_found" });
  const message = await readOutgoingMessage(context.db, key, messageId);
  if (message === null) return fail({ code: "not_found" });
  // In this order, so that a delivery never seems to have ended without its last receipt.
  const delivery = await readDelivery(context.db, key.customerId, messageId);
  const receipts = await readReceipts(context.db, key.customerId, messageId);
  return ok({
    ...toDto(message),
    to: message.recipients.map((recipient, index) => ({
      number: recipient.number,
      country: recipient.country,
      rate: printCredits(recipient.rate),
      credits: printCredits(recipient.credits),
      receipt: receiptDto(receipts.get(index + 1)),
    })),
    delivery: delivery === null ? null : deliveryDto(delivery, [...receipts.values()]),
  });
}

const MessageId = z.guid();

const printPlace = ({ sentAt, messageId }: OutgoingPlace): string => `${sentAt.getTime()}_${messageId}`;

function parsePlace(text: string | undefined): OutgoingPlace | null {
  const [, at = "", messageId = ""] = /^(\d{1,15})_(.+)$/.exec(text ?? "") ?? [];
  const sentAt = new Date(Number(at));
  if (at === "" || Number.isNaN(sentAt.getTime()) || !MessageId.safeParse(messageId).success) return null;
  return { sentAt, messageId };
}

function toDto(message: Message): OutgoingDto {
  return {
    messageId: message.messageId,
    text: message.text,
    encoding: message.encoding,
    parts: message.partsEach,
    recipients: message.recipientCount,
    credits: printCredits(message.credits),
    sender: message.sender,
    tag: message.tag,
    sentAt: message.sentAt.toISOString(),
  };
}

function receiptDto(receipt: Receipt | undefined): ReceiptDto | null {
  if (receipt === undefined) return null;
  const { outcome, code, receivedAt } = receipt;
  return { outcome, code, receivedAt: receivedAt.toISOString() };
}

function deliveryDto({ state, failures }: Delivery, receipts: readonly Receipt[]): DeliveryDto {
  const delivered = receipts.filter(({ outcome }) => outcome === "delivered").length;
  return { state, failures, delivered, undelivered: receipts.length - delivered };
}
