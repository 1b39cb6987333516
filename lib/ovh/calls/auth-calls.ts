import { z } from "zod";
import { CredentialOffer, CredentialRequest, CurrentCredential } from "../wire/auth";
import { call, noBody, nothing } from "./call";

/** The calls about the server's time and about keys. */
export const AUTH_CALLS = {
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
} as const;
