import type { z } from "zod";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { creditsOf, parseCredits } from "@/lib/credits";
import type { Failure } from "@/lib/failure";
import { getNumbered, listNumbered, listReceivers } from "@/lib/messages/numbered-service";
import { countParts } from "@/lib/messages/parts";
import { readRecipients } from "@/lib/messages/recipients";
import { send } from "@/lib/messages/service";
import { CALLS } from "../calls/table";
import { routeAdapter, answerOf, refusedBy, type Outcome } from "../route-adapter";
import { REFUSALS } from "../errors";
import { creditsToWire } from "../wire/amounts";
import type { Job, JobReport } from "../wire/job";

const WIRE_NAMES = { text: "message", recipients: "receivers", idempotencyKey: "Idempotency-Key" } as const;

export const sendJob = routeAdapter(
  CALLS.sendJob,
  ({ path, body }, { context, customerId, idempotencyKey }) =>
    sendJobFrom(context, { customerId, serviceName: path.serviceName }, body, idempotencyKey),
);

/** Sends what a job says, in the name of the context's caller. */
export async function sendJobFrom(
  context: Context,
  key: AccountKey,
  body: z.output<typeof Job>,
  idempotencyKey: string,
): Promise<Outcome<z.input<typeof JobReport>>> {
  const sent = await send(context, key, {
    text: body.message,
    recipients: body.receivers,
    // The answer lists what is no number; the rest is sent.
    skipInvalid: true,
    // Programs send an empty text for "none".
    sender: body.sender === "" ? null : body.sender,
    tag: body.tag === "" ? null : body.tag,
    idempotencyKey,
  });
  const tag = body.tag ?? null;
  const invalidReceivers = readRecipients(body.receivers).invalid.map(({ text }) => text);
  if (!sent.ok) {
    return isForWantOfReceivers(sent.failure) && invalidReceivers.length > 0
      ? { ok: true, value: { ids: [], validReceivers: [], invalidReceivers, totalCreditsRemoved: 0, tag } }
      : refusedBy(sent.failure, WIRE_NAMES);
  }
  const receivers = answerOf(await listReceivers(context, key.customerId, sent.value.messageId));
  if (!receivers.ok) return receivers;
  return {
    ok: true,
    value: {
      ids: receivers.value.map(({ id }) => id),
      validReceivers: receivers.value.map(({ receiver }) => receiver),
      invalidReceivers,
      totalCreditsRemoved: creditsToWire(parseCredits(sent.value.credits) ?? creditsOf(0n)),
      tag,
    },
  };
}

/** Nothing else stood in the way of sending than that no receiver is valid. */
function isForWantOfReceivers(failure: Failure): boolean {
  if (failure.code !== "invalid_input") return false;
  const { recipients, ...others } = failure.fields;
  return recipients?.problem === "recipients_missing" && Object.keys(others).length === 0;
}

export const listOutgoingAdapter = routeAdapter(
  CALLS.listOutgoing,
  async ({ path, query }, { context, customerId }) => {
    const from = query["creationDatetime.from"];
    const to = query["creationDatetime.to"];
    const filter = {
      from: from === undefined ? undefined : new Date(from),
      before: to === undefined ? undefined : new Date(to),
      tag: query.tag,
    };
    return answerOf(await listNumbered(context, { customerId, serviceName: path.serviceName }, filter));
  },
);

export const getOutgoingAdapter = routeAdapter(
  CALLS.getOutgoing,
  async ({ path }, { context, customerId }) => {
    const { serviceName, id } = path;
    const key = { customerId, serviceName };
    const account = answerOf(await getAccount(context, key));
    if (!account.ok) return account;
    const found = await getNumbered(context, key, id);
    if (!found.ok) {
      return found.failure.code === "not_found"
        ? { ok: false, problem: REFUSALS.noSuchMessage }
        : refusedBy(found.failure);
    }
    const { receiver, text, sender, tag, sentAt, parts, credits, characters, outcome } = found.value;
    return {
      ok: true,
      value: {
        id,
        receiver,
        message: text,
        sender,
        tag,
        creationDatetime: sentAt.toISOString(),
        numberOfSms: parts,
        credits: creditsToWire(credits),
        messageLength: characters,
        deliveryReceipt: DELIVERY_RECEIPT[outcome ?? "none"],
      },
    };
  },
);

/** The numbers that carriers have for it. */
const DELIVERY_RECEIPT = { none: 0, delivered: 1, undelivered: 2 } as const;

export const estimateAdapter = routeAdapter(CALLS.estimate, ({ body }) => {
  const { encoding, septetsOrUnits, perPart, parts } = countParts(body.message);
  return Promise.resolve({
    ok: true,
    value: {
      characters: septetsOrUnits,
      charactersClass: encoding === "gsm7" ? ("7bits" as const) : ("unicode" as const),
      maxCharactersPerPart: perPart,
      parts,
    },
  });
});
