import { z } from "zod";
import { AccountPath, ServiceName, SmsAccount, SmsAccountChange } from "../wire/account";
import { Transfer } from "../wire/transfer";
import { anAccount, call, noBody, nothing } from "./call";

/** The calls about SMS accounts, their recharge and their credits. */
export const ACCOUNT_CALLS = {
  listServices: call({
    method: "GET",
    path: "/sms",
    access: "signed",
    summary: "Your SMS accounts",
    description: "Their service names.",
    pathFields: nothing,
    query: nothing,
    body: noBody,
    answer: z.array(ServiceName),
    example: { answer: ["sms-ab12345-1", "sms-ab12345-2", "sms-ab12345-3"] },
  }),
  getAccount: call({
    method: "GET",
    path: "/sms/{serviceName}",
    access: "signed",
    summary: "One SMS account: credits and automatic recharge",
    description:
      "Credits are exact to a thousandth. automaticRecreditAmount null says that the recharge is off.",
    pathFields: AccountPath,
    query: nothing,
    body: noBody,
    answer: SmsAccount,
    example: {
      path: anAccount,
      answer: { name: "sms-ab12345-1", status: "enable", creditsHoldByQuota: 0 },
    },
  }),
  changeAccount: call({
    method: "PUT",
    path: "/sms/{serviceName}",
    access: "signed",
    summary: "Change an SMS account or its automatic recharge",
    description:
      "What the body leaves out stays. The recharge starts when the balance is at or below the threshold, at once if it already is. " +
      "automaticRecreditAmount null turns it off; 0 does the same, for clients that leave every null out of a body, as the Node clients do.",
    pathFields: AccountPath,
    query: nothing,
    body: SmsAccountChange,
    isOneTransaction: true,
    emptyBodyHelp:
      "at least one field to change; to turn the recharge off, send automaticRecreditAmount 0, since some clients leave null out",
    answer: z.null(),
    example: {
      path: anAccount,
      body: { automaticRecreditAmount: 250, creditThresholdForAutomaticRecredit: 50 },
      answer: null,
    },
  }),
  transferCredits: call({
    method: "POST",
    path: "/sms/{serviceName}/transferCredits",
    access: "signed",
    summary: "Move credits to another of your SMS accounts",
    description:
      "At once. At most what is left; only between accounts of one customer, and not to the same one.",
    pathFields: AccountPath,
    query: nothing,
    body: Transfer,
    answer: z.null(),
    example: {
      path: anAccount,
      body: { credits: 1.5, smsAccountTarget: "sms-ab12345-2" },
      answer: null,
    },
  }),
} as const;
