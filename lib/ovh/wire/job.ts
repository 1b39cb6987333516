import { z } from "zod";
import { MAX_PARTS } from "@/lib/messages/parts";
import { LONGEST_TAG, LONGEST_TEXT, SENDER_FORM } from "@/lib/messages/rules";
import { problemWords } from "../problem-words";
import { AccountPath } from "./account";
import { AnsweredCredits } from "./amounts";
import { named } from "./components";
import { Flag, Minutes, Nothing, OnlyZero } from "./lenient";

/** The most receivers of one call. */
export const MAX_RECEIVERS = 10_000;

/** What fits into the most parts; of a text with other characters less does, which only its parts tell. */
const LONGEST_GSM_TEXT = MAX_PARTS * 153;

const Text = z
  .string()
  .min(1)
  .meta({ description: "The text", examples: ["Il tuo ordine è pronto"] });
const NoStopClause = Flag.nullish().meta({
  description: "Accepted either way: no clause is ever added to a text",
});
const Sender = z
  .string()
  .trim()
  .regex(new RegExp(`^$|${SENDER_FORM.source}`), { error: problemWords({ problem: "sender_form" }) })
  .nullish()
  .meta({
    description: `What the receiver sees as sender: ${problemWords({ problem: "sender_form" })}. Empty is none`,
    examples: ["Ricarica"],
  });
const Tag = z.string().max(LONGEST_TAG).meta({ description: "Your own mark, to find the messages by" });

export const Job = named(
  "Job",
  z
    .strictObject({
      message: Text.max(LONGEST_GSM_TEXT),
      // Read before the receivers, so that who sends one of the two instead of them is told about it.
      receiversDocumentUrl: Nothing("receivers: no document of receivers is fetched here").meta({
        description: "Refused, unless empty: no document of receivers is fetched here",
      }),
      receiversSlotId: Nothing("receivers: no lists of receivers are kept here").meta({
        description: "Refused, unless empty: no lists of receivers are kept here",
      }),
      receivers: z
        .array(z.string().max(40))
        .min(1)
        .max(MAX_RECEIVERS)
        .meta({
          description: "Mobile numbers in international form (+39… or 0039…), one to an element",
          examples: [["+393331234567"]],
        }),
      sender: Sender,
      noStopClause: NoStopClause,
      tag: Tag.nullish(),
      charset: z
        .string()
        .regex(/^utf-?8$/i, { error: "UTF-8" })
        .nullish()
        .meta({ description: "UTF-8, as all of this API" }),
      class: z
        .enum(["phoneDisplay", "flash", "sim", "toolkit"])
        .nullish()
        .meta({ description: "Changes nothing: every message is shown and kept by the phone" }),
      coding: z.enum(["7bit", "8bit"]).nullish().meta({ description: "Changes nothing: the text decides" }),
      priority: z
        .enum(["high", "medium", "low", "veryLow"])
        .nullish()
        .meta({ description: "Changes nothing: every message is sent at once" }),
      differedPeriod: OnlyZero("messages are sent at once, none is planned for later").nullish().meta({
        description:
          "Minutes to wait. Only 0: messages are sent at once. Any other is refused, since a message that was to wait must not go out now",
      }),
      validityPeriod: Minutes.nullish().meta({
        description: "Minutes. Changes nothing: a carrier tries for two days",
      }),
      senderForResponse: Flag.nullish().meta({
        description:
          "Accepted either way and changes nothing: without a sender the carrier sets one, and answers are not received",
      }),
    })
    .meta({ description: "A text and its receivers" }),
);

export const JobReport = named(
  "JobReport",
  z
    .object({
      ids: z
        .array(z.int())
        .meta({ description: "One for each valid receiver, in their order; none if there is no valid one" }),
      validReceivers: z.array(z.string()).meta({ description: "In international form" }),
      invalidReceivers: z.array(z.string()).meta({
        description:
          "As they were sent; nothing went to them: no numbers, or none that receives SMS. If all are, nothing is sent and nothing taken",
      }),
      totalCreditsRemoved: AnsweredCredits.meta({ examples: [0.7] }),
      tag: z.string().nullable(),
    })
    .meta({ description: "What was sent and what it took" }),
);

export const OutgoingPath = AccountPath.extend({
  id: z
    .int()
    .min(1)
    .meta({ description: "As in `ids` of the answer to a job", examples: [32769] }),
});

export const OutgoingFilter = z.strictObject({
  "creationDatetime.from": z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: "Sent at this instant or later", examples: ["2026-01-31T00:00:00Z"] }),
  "creationDatetime.to": z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: "Sent before this instant" }),
  tag: Tag.optional().meta({ description: "With this tag" }),
});

export const Outgoing = named(
  "Outgoing",
  z
    .object({
      id: z.int(),
      receiver: z.string().meta({ examples: ["+393331234567"] }),
      message: z.string(),
      sender: z.string().nullable(),
      tag: z.string().nullable(),
      creationDatetime: z.iso.datetime({ offset: true }),
      numberOfSms: z.int().meta({ description: "Parts" }),
      credits: AnsweredCredits.meta({ description: "What this receiver took", examples: [0.7] }),
      messageLength: z.int().meta({ description: "Characters" }),
      deliveryReceipt: z
        .union([z.literal(0), z.literal(1), z.literal(2)])
        .meta({ description: "0: nothing is known yet; 1: delivered; 2: not delivered" }),
    })
    .meta({ description: "A message to one receiver" }),
);

export const Estimate = named(
  "Estimate",
  z
    .strictObject({
      message: Text.max(LONGEST_TEXT),
      noStopClause: NoStopClause,
      senderType: z
        .enum(["alpha", "numeric", "shortcode", "virtual"])
        .nullish()
        .meta({ description: "Changes nothing here" }),
    })
    .meta({ description: "A text to count" }),
);

export const EstimateReport = named(
  "EstimateReport",
  z
    .object({
      characters: z.int().meta({
        description: "As they are carried: the ten of the GSM extension table, such as €, count double",
      }),
      charactersClass: z
        .enum(["7bits", "unicode"])
        .meta({ description: "unicode: a character is outside the GSM alphabet" }),
      maxCharactersPerPart: z
        .int()
        .meta({ description: "160 or 70 in one part, 153 or 67 in each of several" }),
      parts: z.int(),
    })
    .meta({ description: "How a text is carried" }),
);
