import { z } from "zod";
import type { ReceiptOutcome } from "@/lib/carrier/carrier";
import type { FieldProblem } from "@/lib/failure";
import type { DeliveryState } from "./delivery-rules";
import type { Encoding, OffendingCharacter } from "./parts";
import type { InvalidRecipient } from "./recipients";
import { LONGEST_RECIPIENTS_TEXT, LONGEST_TAG, LONGEST_TEXT, SENDER_FORM } from "./rules";

/** Each message of an issue is the key of a problem; what is no string at all is a body made by hand. */
const tooLong = { error: "recipients_unreadable" };
const Recipients = z.union(
  [
    z.string().max(LONGEST_RECIPIENTS_TEXT, tooLong),
    z
      .array(z.string())
      .refine(
        (all) => all.reduce((sum, one) => sum + one.length, all.length) <= LONGEST_RECIPIENTS_TEXT,
        tooLong,
      ),
  ],
  tooLong,
);

export const EstimateInput = z.object({
  text: z.string({ error: "text_empty" }).max(LONGEST_TEXT, { error: "text_far_too_long" }),
  recipients: Recipients,
  /** True takes landlines as recipients too; false, for who was not asked, leaves them among the invalid. */
  takeLandlines: z.boolean({ error: "choice_unknown" }).default(false),
  /** True reads numbers that lack nothing but their plus as if they had it. */
  addPlus: z.boolean({ error: "choice_unknown" }).default(false),
  /** Of a table: the column of the phones, from 0; null takes the likeliest. */
  phoneColumn: z
    .int({ error: "choice_unknown" })
    .min(0, { error: "choice_unknown" })
    .nullable()
    .default(null),
});

export const SendInput = EstimateInput.extend({
  /** True sends to the valid recipients alone; false refuses the message if one is invalid. */
  skipInvalid: z.boolean({ error: "choice_unknown" }).default(false),
  /** Blanks around it come of copying. */
  sender: z.string().trim().regex(SENDER_FORM, { error: "sender_form" }).nullish(),
  tag: z
    .string()
    .min(1, { error: "tag_form" })
    .max(LONGEST_TAG, { error: "tag_form" })
    .regex(/^\P{Cc}*$/u, { error: "tag_form" })
    .nullish(),
  /** The same key with the same content sends once, and is answered as the first time. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, { error: "idempotency_key_form" })
    .optional(),
});
export type SendInput = z.infer<typeof SendInput>;

/** What the recipients of one country cost. Amounts are printed credits. */
export type DestinationCostDto = {
  readonly country: string;
  readonly recipients: number;
  /** Of one part to one recipient. */
  readonly rate: string;
  /** Of all its recipients together. */
  readonly cost: string;
  /** To how many recipients there the balance would pay for this text, rounded down. */
  readonly capacity: string;
};

/** A table of recipients as it was read, with its first rows and columns. */
export type PhoneTableDto = {
  /** Their names; empty for those without. */
  readonly columns: readonly string[];
  /** The column that was read, from 0. */
  readonly column: number;
  readonly rows: number;
  readonly firstRows: readonly (readonly string[])[];
  /** The same for tables with the same columns. */
  readonly signature: string;
};

/** What a message would cost, while it is being written. Amounts are printed credits. */
export type EstimateDto = {
  readonly encoding: Encoding;
  readonly characters: number;
  readonly septetsOrUnits: number;
  readonly parts: number;
  readonly mostParts: number;
  readonly charactersLeft: number;
  readonly offending: readonly OffendingCharacter[];
  /** Valid ones, each once. */
  readonly recipients: number;
  readonly repeated: number;
  /** The first hundred. */
  readonly invalid: readonly InvalidRecipient[];
  readonly invalidCount: number;
  /** How many numbers are of landlines, whether they are taken or not. */
  readonly landlines: number;
  /** How many numbers lack nothing but their plus, whether it is added or not. */
  readonly plusMissing: number;
  /** Of recipients that are a table; null of a list. */
  readonly table: PhoneTableDto | null;
  readonly destinations: readonly DestinationCostDto[];
  /** Country codes. */
  readonly notServed: readonly string[];
  readonly total: string;
  readonly balance: string;
  /** What the balance would be afterwards; negative if it does not cover the message. */
  readonly left: string;
  readonly isCovered: boolean;
  /** What a rule would then buy, whole credits. Null if it would buy nothing, or is at it already. */
  readonly rechargeCredits: number | null;
  /** Why this could not be sent as it stands, by field; empty if it could. Neither balance nor destinations count. */
  readonly problems: Readonly<Record<string, FieldProblem>>;
};

/** A message that was sent. Amounts are printed credits. */
export type SentDto = {
  readonly messageId: string;
  readonly encoding: Encoding;
  readonly characters: number;
  /** Of one recipient. */
  readonly parts: number;
  readonly recipients: number;
  readonly repeated: number;
  /** Left out on request. */
  readonly invalid: readonly InvalidRecipient[];
  readonly credits: string;
  /** What was left afterwards. */
  readonly balance: string;
  /** True if this key had sent it before: nothing was sent or charged again. */
  readonly isRepeat: boolean;
};

/** A message of the list of what was sent. */
export type OutgoingDto = {
  readonly messageId: string;
  readonly text: string;
  readonly encoding: Encoding;
  readonly parts: number;
  readonly recipients: number;
  readonly credits: string;
  readonly sender: string | null;
  readonly tag: string | null;
  /** ISO 8601. */
  readonly sentAt: string;
};

/** What became of a message for one recipient. */
export type ReceiptDto = {
  readonly outcome: ReceiptOutcome;
  /** Why it was not delivered: the carrier's code, or "no_receipt"; null when it was. */
  readonly code: string | null;
  /** ISO 8601. */
  readonly receivedAt: string;
};

/** The way of a message to the phones. Who is in neither count has no receipt yet. */
export type DeliveryDto = {
  readonly state: DeliveryState;
  readonly delivered: number;
  readonly undelivered: number;
  /** Handovers that the carrier did not answer. */
  readonly failures: number;
};

export type OutgoingRecipientDto = {
  readonly number: string;
  readonly country: string;
  /** What one part cost when it was sent. */
  readonly rate: string;
  readonly credits: string;
  /** Null while there is none. */
  readonly receipt: ReceiptDto | null;
};

export type OutgoingDetailDto = OutgoingDto & {
  readonly to: readonly OutgoingRecipientDto[];
  /** Null for a message of before deliveries were followed. */
  readonly delivery: DeliveryDto | null;
};
