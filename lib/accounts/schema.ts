import { z } from "zod";
import { accountNameProblem } from "./rules";

export const AccountNameInput = z.object({
  name: z.string().refine((name) => accountNameProblem(name) === null),
});

/** What a customer's contract says when it begins. Handles and service names as the database checks them. */
export const CustomerInput = z.object({
  customerId: z.string().regex(/^[a-z0-9][a-z0-9-]{1,30}$/),
  name: z.string().trim().min(1).max(200),
  priceList: z.string().regex(/^[a-z]{2}$/),
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone)),
});

export const AccountInput = z.object({
  serviceName: z.string().regex(/^sms-[a-z0-9-]{1,40}$/),
  name: z.string().refine((name) => accountNameProblem(name) === null),
});
