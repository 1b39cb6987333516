import { z } from "zod";
import { isRedirection, isRulePath, MAX_RULES, RULE_METHODS, VALIDITY_DAYS } from "./rules";

export const AccessRuleInput = z.strictObject({
  method: z.enum(RULE_METHODS),
  path: z.string().refine(isRulePath, { error: "a path such as /sms or /sms/*" }),
});

export const ApplicationInput = z.object({
  name: z.string().trim().min(1).max(60),
  description: z.string().trim().max(200).default(""),
});

export const CredentialRequestInput = z.object({
  rules: z.array(AccessRuleInput).min(1).max(MAX_RULES),
  redirection: z.string().refine(isRedirection, { error: "an https address" }).nullable(),
});

const ValidityDays = z.union(VALIDITY_DAYS.map((days) => z.literal(days)));

export const DecisionInput = z.discriminatedUnion("decision", [
  z.object({ decision: z.literal("refuse") }),
  z.object({
    decision: z.literal("allow"),
    validityDays: ValidityDays,
  }),
]);

export const ValidatedKeyInput = z.object({
  name: z.string(),
  rules: z.array(AccessRuleInput).max(MAX_RULES).default([]),
  validityDays: ValidityDays.default(null),
});
