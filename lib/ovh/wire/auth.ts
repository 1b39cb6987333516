import { z } from "zod";
import {
  isRedirection,
  isRulePath,
  LONGEST_RULE_PATH,
  MAX_RULES,
  RULE_METHODS,
} from "@/lib/credentials/rules";
import { named } from "./components";

export const WireAccessRule = named(
  "AccessRule",
  z
    .strictObject({
      method: z.enum(RULE_METHODS).meta({ description: "* stands for all" }),
      path: z
        .string()
        .refine(isRulePath, { error: "a path such as /sms or /sms/*" })
        .meta({
          maxLength: LONGEST_RULE_PATH,
          description:
            "`*` stands for any characters; /sms/* does not cover /sms. A slash at the end is ignored",
          examples: ["/sms/*"],
        }),
    })
    .meta({ description: "A right to make calls" }),
);

export const CredentialRequest = named(
  "CredentialRequest",
  z
    .strictObject({
      accessRules: z.array(WireAccessRule).min(1).max(MAX_RULES),
      redirection: z
        .string()
        .refine(isRedirection, { error: "an https address" })
        .nullish()
        .meta({ description: "Where the browser goes once the customer has decided" }),
      allowedIPs: z
        .null({ error: "null, or left out: a key is not bound to addresses here" })
        .optional()
        .meta({
          description: "Only null, which the Python client always sends: a key is not bound to addresses",
        }),
    })
    .meta({ description: "The rights that a program asks for" }),
);

export const CredentialOffer = named(
  "CredentialOffer",
  z
    .object({
      consumerKey: z.string().meta({ description: "Works once the customer has allowed it" }),
      state: z.literal("pendingValidation"),
      validationUrl: z.string().meta({ description: "Where the customer allows or refuses it" }),
    })
    .meta({ description: "A new consumer key" }),
);

export const CurrentCredential = named(
  "CurrentCredential",
  z
    .object({
      credentialId: z.int(),
      applicationId: z.int(),
      status: z.enum(["validated"]),
      creation: z.iso.datetime({ offset: true }),
      expiration: z.iso.datetime({ offset: true }).nullable(),
      lastUse: z.iso.datetime({ offset: true }).nullable(),
      rules: z.array(WireAccessRule),
      ovhSupport: z.literal(false),
      allowedIPs: z.null(),
    })
    .meta({ description: "The credential in use" }),
);

export const ApiError = named(
  "Error",
  z
    .object({
      class: z.string().meta({ examples: ["Client::NotFound"] }),
      message: z.string().meta({ examples: ["This service does not exist"] }),
      errorCode: z.string().meta({ examples: ["NOT_FOUND"] }),
      httpCode: z.string().meta({ examples: ["404 Not Found"] }),
    })
    .meta({ description: "Why a call was refused" }),
);
