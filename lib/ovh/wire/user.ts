import { z } from "zod";
import { API_PASSWORD_FORM, LOGIN_FORM } from "@/lib/credentials/user-rules";
import { AccountPath } from "./account";
import { named } from "./components";

const LOGIN_TAKES =
  "1 to 64 letters A to Z, digits, dots, underlines, at signs and hyphens, a letter or digit first";
const Login = z
  .string()
  .regex(LOGIN_FORM, { error: LOGIN_TAKES })
  .meta({ description: LOGIN_TAKES, examples: ["contabilita"] });
const PASSWORD_TAKES = "8 to 64 visible ASCII characters";
const Password = z
  .string()
  .regex(API_PASSWORD_FORM, { error: PASSWORD_TAKES })
  .meta({ description: PASSWORD_TAKES, examples: ["Xk3-pR9s.w2Q"] });

export const UserPath = AccountPath.extend({ login: Login });

export const NewUser = named(
  "NewUser",
  z.strictObject({ login: Login, password: Password }).meta({ description: "A login and its password" }),
);

const nothingOf = (description: string) => z.null({ error: "null: none is kept here" }).meta({ description });

/** No user has a quota of its own: each sends while its account has credits. */
const Quota = z.object({
  quotaLeft: z.literal(0),
  quotaStatus: z.literal("inactive"),
  quotaTotal: z.literal(0),
});

const AlertThreshold = z.object({
  alertEmail: z.null(),
  alertNumber: z.null(),
  alertStatus: z.literal("inactive"),
  alertThreshold: z.literal(0),
});

export const User = named(
  "User",
  z
    .object({
      login: Login,
      password: nothingOf("Always null: a password is never shown"),
      ipRestrictions: z.array(z.string()).max(0).meta({ description: "Always empty: every address may ask" }),
      quotaInformations: Quota.meta({ description: "Always inactive: what the account holds is the limit" }),
      alertThresholdInformations: AlertThreshold.meta({ description: "Always inactive" }),
      callBack: nothingOf("Always null"),
      stopCallBack: nothingOf("Always null"),
    })
    .meta({ description: "Who may send by a login and a password" }),
);

export const UserChange = named(
  "UserChange",
  z
    .strictObject({
      password: Password.nullish().meta({
        description: "The new password; null or left out keeps the old one",
      }),
      login: z.string().nullish().meta({ description: "Changes nothing" }),
      ipRestrictions: z
        .array(z.string())
        .max(0, { error: "an empty list: every address may ask" })
        .nullish()
        .meta({ description: "Only an empty list" }),
      quotaInformations: z
        .unknown()
        .optional()
        .meta({ description: "Changes nothing", examples: [{}] }),
      alertThresholdInformations: z
        .unknown()
        .optional()
        .meta({ description: "Changes nothing", examples: [{}] }),
      callBack: z.null({ error: "null: no address is called back" }).optional(),
      stopCallBack: z.null({ error: "null: no address is called back" }).optional(),
    })
    .meta({ description: "What is to change" }),
);
