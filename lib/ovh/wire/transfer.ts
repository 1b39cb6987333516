import { z } from "zod";
import { PositiveCredits } from "./amounts";
import { named } from "./components";

export const Transfer = named(
  "Transfer",
  z
    .strictObject({
      credits: PositiveCredits.meta({
        description: "How many credits to move: at most what is left",
        examples: [10.5],
      }),
      smsAccountTarget: z
        .string()
        .max(100)
        .meta({
          description: "The SMS account of yours that receives them",
          examples: ["sms-ab12345-2"],
        }),
    })
    .meta({ description: "Credits to move to another SMS account of the same customer" }),
);
