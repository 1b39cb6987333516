import { z } from "zod";
import { AccountPath, ServiceName, SmsAccount, SmsAccountChange } from "../wire/account";
import { CredentialOffer, CredentialRequest, CurrentCredential } from "../wire/auth";
import { WireOrder, OrderBody, OrderQuery } from "../wire/order";
import { WireDestinationRate, WirePackTier, RateQuery } from "../wire/rates";
import { Transfer } from "../wire/transfer";
import { call, noBody, nothing } from "./call";
import { MESSAGE_CALLS } from "./message-calls";

const eur = (value: number, text: string) => ({ currencyCode: "EUR", text, value });
const anAccount = { serviceName: "sms-ab12345-1" };

/**
 * Every call of the API, in the order in which it is shown. The one place that says what a call takes and answers:
 * requests are parsed, the OpenAPI description is made and the console is drawn from it.
 */
export const CALLS = {
  getTime: call({
    method: "GET",
    path: "/auth/time",
    access: "open",
    summary: "The server's time",
    description: "Seconds since 1970 as a bare integer. A signature's timestamp is measured against it.",
    pathFields: nothing,
    query: nothing,
    body: noBody,
    answer: z.int(),
    example: { answer: 1767312245 },
  }),
  getCurrentCredential: call({
    method: "GET",
    path: "/auth/currentCredential",
    access: "signed",
    summary: "The credential in use",
    description:
      "Its rules, its end and when it was last used. The Node clients do not sign paths below /auth and cannot make this call.",
    pathFields: nothing,
    query: nothing,
    body: noBody,
    answer: CurrentCredential,
    example: { answer: { status: "validated", ovhSupport: false, allowedIPs: null } },
  }),
  requestCredential: call({
    method: "POST",
    path: "/auth/credential",
    access: "application",
    summary: "Ask a customer for a consumer key",
    description:
      "Takes an application key and no signature. The key works once a customer has allowed it at validationUrl, and can be allowed for 24 hours.",
    pathFields: nothing,
    query: nothing,
    body: CredentialRequest,
    answer: CredentialOffer,
    example: {
      body: {
        accessRules: [
          { method: "GET", path: "/sms" },
          { method: "GET", path: "/sms/*" },
        ],
        redirection: "https://shop.example/allowed",
      },
      answer: { state: "pendingValidation" },
    },
  }),
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
  ...MESSAGE_CALLS,
  getDestinationRate: call({
    method: "GET",
    path: "/sms/rates/destinations",
    access: "open",
    summary: "What a message to a country takes",
    description: "In credits, and in money at the price of the smallest pack.",
    pathFields: nothing,
    query: RateQuery,
    body: noBody,
    answer: WireDestinationRate,
    example: {
      query: { country: "it", billingCountry: "it" },
      answer: { country: "it", countryCode: "39", credit: 0.7, price: eur(0.0294, "0.0294 €") },
    },
  }),
  listPackTiers: call({
    method: "GET",
    path: "/sms/rates/packs",
    access: "open",
    summary: "What credits cost",
    description:
      "The tiers of a price list, the smallest first: the more credits at once, the lower the price of each.",
    pathFields: nothing,
    query: RateQuery,
    body: noBody,
    answer: z.array(WirePackTier),
    example: { query: { country: "it", billingCountry: "it" }, answer: [{ creditQuantityMin: 100 }] },
  }),
  priceOrder: call({
    method: "GET",
    path: "/order/sms/{serviceName}/credits",
    access: "signed",
    summary: "What a quantity of credits would cost",
    description: "Orders nothing.",
    pathFields: AccountPath,
    query: OrderQuery,
    body: noBody,
    answer: WireOrder,
    example: {
      path: anAccount,
      query: { quantity: 100 },
      answer: {
        prices: { withTax: eur(5.12, "5.12 €"), withoutTax: eur(4.2, "4.20 €"), tax: eur(0.92, "0.92 €") },
        orderId: null,
        url: null,
      },
    },
  }),
  placeOrder: call({
    method: "POST",
    path: "/order/sms/{serviceName}/credits",
    access: "signed",
    summary: "Buy credits",
    description:
      "Paid with the customer's payment method. The quantity may stand in the query or in the body. " +
      "After four declined payments in a row within an hour the same payment method is refused for an hour, with a 402.",
    pathFields: AccountPath,
    query: OrderQuery.partial(),
    body: OrderBody.optional(),
    bodyIsOptional: true,
    answer: WireOrder,
    example: {
      path: anAccount,
      body: { quantity: 100 },
      answer: {
        prices: { withTax: eur(5.12, "5.12 €"), withoutTax: eur(4.2, "4.20 €"), tax: eur(0.92, "0.92 €") },
      },
    },
  }),
} as const;

export type Calls = typeof CALLS;
export type CallId = keyof Calls;
