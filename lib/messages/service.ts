import "server-only";
import { createHash, randomUUID } from "node:crypto";
import type { AccountDetail, AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import { actorOf, mayChange } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { dayIn } from "@/lib/day";
import { fail, type Failure, type FieldProblem, ok, type Result } from "@/lib/failure";
import { post } from "@/lib/ledger/service";
import { ratesOn } from "@/lib/rates/service";
import { estimateDto, sentDto } from "./answers";
import { countParts, type MessageParts } from "./parts";
import { readRecipients, type Recipients } from "./recipients";
import {
  costOf,
  type Message,
  type MessageCost,
  priceRecipients,
  recipientsProblem,
  textProblem,
} from "./rules";
import { type EstimateDto, EstimateInput, SendInput, type SentDto } from "./schema";
import { readSent, idempotencyKeyOf, sentWith } from "./store";

/**
 * What a message would cost an account now, for as much as is written of it: nothing is refused that can be
 * measured, and what stands in the way of sending is named. Input: `EstimateInput`, the recipients as text or as a
 * list of texts. Fails with `not_found` and `invalid_input`.
 */
export async function estimate(
  context: Context,
  key: AccountKey,
  input: unknown,
): Promise<Result<EstimateDto>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const parsed = EstimateInput.safeParse(input);
  if (!parsed.success) return invalid(fieldsOf(parsed.error.issues));
  const { text, recipients: given, ...wanted } = parsed.data;
  const parts = countParts(text);
  const recipients = readRecipients(given, wanted);
  const cost = await price(context, account.value, recipients, parts);
  const problems = problemsOf(text, parts, recipients, false);
  return ok(estimateDto(account.value, parts, recipients, cost, problems));
}

/**
 * Sends a text to recipients and debits the account, all of it or nothing. Input: `SendInput`.
 *
 * A key that was used before answers as the first time for the same content (`isRepeat`), and is a `conflict` for
 * another. Fails also with `not_found`, `not_allowed`, `invalid_input` (fields `text`, `recipients`, `sender`, `tag`,
 * `idempotencyKey`, `serviceName`), `not_served` with country codes, and `insufficient_credits`.
 */
export async function send(context: Context, key: AccountKey, input: unknown): Promise<Result<SentDto>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  if (!mayChange(context.caller, key.customerId)) return fail({ code: "not_allowed" });
  const parsed = SendInput.safeParse(input);
  if (!parsed.success) return invalid(fieldsOf(parsed.error.issues));

  const { text, skipInvalid, idempotencyKey = randomUUID() } = parsed.data;
  const parts = countParts(text);
  const recipients = readRecipients(parsed.data.recipients, parsed.data);
  const problems = problemsOf(text, parts, recipients, skipInvalid);
  if (Object.keys(problems).length > 0) return invalid(problems);

  const messageId = messageIdOf(key.customerId, idempotencyKey);
  const requestHash = requestHashOf(key, parsed.data);
  const cost = await price(context, account.value, recipients, parts);
  const refusal = refusalOf(account.value, cost);
  if (refusal !== null) {
    return (await earlierAnswer(context, key, messageId, requestHash, recipients)) ?? fail(refusal);
  }

  const message: Message = {
    customerId: key.customerId,
    messageId,
    serviceName: key.serviceName,
    text,
    encoding: parts.encoding,
    characters: parts.characters,
    partsEach: parts.parts,
    recipientCount: recipients.valid.length,
    credits: cost.total,
    sender: parsed.data.sender ?? null,
    tag: parsed.data.tag ?? null,
    sentBy: actorOf(context.caller),
    idempotencyKey,
    requestHash,
    sentAt: context.now(),
  };
  const posted = await post(context, {
    kind: "message",
    account: key,
    amount: cost.total,
    idempotencyKey: idempotencyKeyOf(messageId),
    requestHash,
    at: message.sentAt,
    attach: sentWith({ ...message, recipients: priceRecipients(recipients.valid, cost) }),
  });
  if (!posted.ok) return posted;
  const [entry] = posted.value.entries;
  if (posted.value.repeated || entry === undefined) {
    const earlier = await earlierAnswer(context, key, messageId, requestHash, recipients);
    if (earlier === null) throw new Error(`The message ${messageId} was paid for and is not there`);
    return earlier;
  }
  return ok(sentDto(message, entry.balanceAfter, recipients, false));
}

/** The rates of the day on which it is sent, in the customer's time zone. */
async function price(
  context: Context,
  account: AccountDetail,
  recipients: Recipients,
  parts: MessageParts,
): Promise<MessageCost> {
  const rates = await ratesOn(context, account.priceList, dayIn(account.timeZone, context.now()));
  const countries = recipients.valid.map((recipient) => recipient.country);
  return costOf(countries, rates, parts.parts);
}

/** What the account or its price list refuses, as they are now. Whether the balance suffices, the ledger decides. */
function refusalOf(account: AccountDetail, cost: MessageCost): Failure | null {
  if (account.status === "disable") {
    return { code: "invalid_input", fields: { serviceName: { problem: "account_disabled" } } };
  }
  return cost.notServed.length > 0 ? { code: "not_served", countries: cost.notServed } : null;
}

/** The answer of the first time, or a conflict; null if this key has sent nothing. */
async function earlierAnswer(
  context: Context,
  key: AccountKey,
  messageId: string,
  requestHash: string,
  recipients: Recipients,
): Promise<Result<SentDto> | null> {
  const sent = await readSent(context.db, key.customerId, messageId);
  if (sent === null) return null;
  if (sent.message.requestHash !== requestHash) return fail({ code: "conflict" });
  return ok(sentDto(sent.message, sent.balanceAfter, recipients, true));
}

function problemsOf(
  text: string,
  parts: MessageParts,
  recipients: Recipients,
  skipInvalid: boolean,
): Record<string, FieldProblem> {
  const wrongText = textProblem(text, parts);
  const wrongRecipients = recipientsProblem(recipients.valid.length, recipients.invalid, skipInvalid);
  return {
    ...(wrongText !== null && { text: wrongText }),
    ...(wrongRecipients !== null && { recipients: wrongRecipients }),
  };
}

const invalid = (fields: Readonly<Record<string, FieldProblem>>) => fail({ code: "invalid_input", fields });

function fieldsOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]) {
  const fields: Record<string, FieldProblem> = {};
  for (const { path, message } of issues) {
    const [field] = path;
    // Without a field, it is the body as a whole that is none.
    if (field === undefined) fields["text"] ??= { problem: "message_unreadable" };
    else fields[String(field)] ??= { problem: message };
  }
  return fields;
}

/**
 * The id follows from the key, so that two requests with one key at the same moment ask the ledger for the same
 * idempotency key, and it posts one of them. Formed as a UUID of version 8, which leaves its bits to the maker.
 */
function messageIdOf(customerId: string, idempotencyKey: string): string {
  const hex = createHash("sha256").update(`${customerId}\n${idempotencyKey}`).digest("hex");
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** Of what was asked for, not of what it costs: a repeat after a change of rates is still a repeat. */
function requestHashOf(key: AccountKey, input: SendInput): string {
  const recipients = typeof input.recipients === "string" ? [input.recipients] : input.recipients;
  const content = [
    key.serviceName,
    input.text,
    recipients,
    input.skipInvalid,
    input.sender,
    input.tag,
    // Said only where it is wanted, so that what was sent before it could be asked for has the hash it had.
    ...(input.takeLandlines ? ["takeLandlines"] : []),
    ...(input.addPlus ? ["addPlus"] : []),
    ...(input.phoneColumn === null ? [] : [`phoneColumn ${input.phoneColumn.toString()}`]),
  ];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
