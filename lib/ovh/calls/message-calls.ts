import { z } from "zod";
import { AccountPath } from "../wire/account";
import {
  Estimate,
  EstimateReport,
  Job,
  JobReport,
  Outgoing,
  OutgoingFilter,
  OutgoingPath,
} from "../wire/job";
import { anAccount, call, noBody, nothing } from "./call";

/** The calls that send messages, list them and say what they would take. */
export const MESSAGE_CALLS = {
  sendJob: call({
    method: "POST",
    path: "/sms/{serviceName}/jobs",
    access: "signed",
    summary: "Send a message",
    description:
      "To at most 10,000 receivers, in one posting: it is sent whole or, if the credits do not cover it, not at all. Numbers that are none are listed and left out.",
    pathFields: AccountPath,
    query: nothing,
    body: Job,
    answer: JobReport,
    example: {
      path: anAccount,
      body: { message: "Il tuo ordine è pronto", receivers: ["+393331234567"], tag: "ordini" },
      answer: {
        validReceivers: ["+393331234567"],
        invalidReceivers: [],
        totalCreditsRemoved: 0.7,
        tag: "ordini",
      },
    },
  }),
  listOutgoing: call({
    method: "GET",
    path: "/sms/{serviceName}/outgoing",
    access: "signed",
    summary: "What was sent",
    description:
      "The identifiers of the newest 10,000 messages, the newest first. An earlier end shows older ones.",
    pathFields: AccountPath,
    query: OutgoingFilter,
    body: noBody,
    answer: z.array(z.int()),
    example: { path: anAccount, query: { tag: "no-such-tag" }, answer: [] },
  }),
  getOutgoing: call({
    method: "GET",
    path: "/sms/{serviceName}/outgoing/{id}",
    access: "signed",
    summary: "One message that was sent",
    description: "To one receiver, with the credits that it took.",
    pathFields: OutgoingPath,
    query: nothing,
    body: noBody,
    answer: Outgoing,
    example: { path: { ...anAccount, id: "{first}" }, answer: { numberOfSms: 1, credits: 0.7 } },
  }),
  estimate: call({
    method: "POST",
    path: "/sms/estimate",
    access: "signed",
    summary: "Count the parts of a text",
    description: "Sends nothing and takes nothing.",
    pathFields: nothing,
    query: nothing,
    body: Estimate,
    answer: EstimateReport,
    example: {
      body: { message: "Ça coûte 10 €", noStopClause: true, senderType: "alpha" },
      answer: { characters: 13, charactersClass: "unicode", maxCharactersPerPart: 70, parts: 1 },
    },
  }),
} as const;
