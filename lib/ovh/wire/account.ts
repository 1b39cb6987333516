import { z } from "zod";
import { LONGEST_ACCOUNT_NAME } from "@/lib/accounts/rules";
import { printCredits } from "@/lib/credits";
import { HIGHEST_THRESHOLD, QUANTITIES } from "@/lib/recharge/rules";
import { AnsweredCredits, CreditsOrZero } from "./amounts";
import { named } from "./components";

export const ServiceName = z.string().meta({
  description: "The name of an SMS account of yours",
  examples: ["sms-ab12345-1"],
});

export const AccountPath = z.object({ serviceName: ServiceName });

const Status = z.enum(["enable", "disable"]).meta({ description: "A disabled account sends nothing" });
const Description = z
  .string()
  .min(1)
  .max(LONGEST_ACCOUNT_NAME)
  .meta({ description: "What you call the account", examples: ["Ordini"] });

const amountMeaning =
  "How many credits the automatic recharge buys when the balance reaches the threshold; null: it is off";

export const SmsAccount = named(
  "SmsAccount",
  z
    .object({
      name: ServiceName,
      description: Description,
      status: Status,
      creditsLeft: AnsweredCredits.meta({ description: "Credits left", examples: [420.5] }),
      creditsHoldByQuota: AnsweredCredits.meta({ description: "Always 0: no quotas are kept" }),
      automaticRecreditAmount: z
        .union(QUANTITIES.map((amount) => z.literal(amount)))
        .nullable()
        .meta({ description: amountMeaning }),
      creditThresholdForAutomaticRecredit: AnsweredCredits.nullable().meta({
        description: "At or below this balance the recharge starts; null when it is off",
      }),
    })
    .meta({ description: "An SMS account and its automatic recharge" }),
);

export const SmsAccountChange = named(
  "SmsAccountChange",
  z
    .strictObject({
      name: ServiceName.optional().meta({ description: "May be sent back as it was read; it cannot change" }),
      description: Description.optional(),
      status: Status.optional(),
      creditsLeft: z.number().optional().meta({ description: "May be sent back; changes nothing" }),
      creditsHoldByQuota: z.number().optional().meta({ description: "May be sent back; changes nothing" }),
      automaticRecreditAmount: z
        .union(
          [...QUANTITIES, 0].map((amount) => z.literal(amount)),
          {
            error: `${QUANTITIES.join(", ")}, or null (or 0) to turn the recharge off`,
          },
        )
        .nullish()
        .meta({
          description: `${amountMeaning}. 0 says the same as null: the Node clients leave every null out of a body`,
        }),
      creditThresholdForAutomaticRecredit: CreditsOrZero.max(Number(printCredits(HIGHEST_THRESHOLD)))
        .nullish()
        .meta({
          description: "At or below this balance the recharge starts. Needed when the recharge is turned on",
        }),
    })
    .meta({ description: "What is to change; what is left out stays as it is" }),
);
