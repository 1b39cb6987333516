import { z } from "zod";
import { isKnownPassword } from "./known-passwords";

/** What the sign-in form sends. Lengths are bounded so that nobody makes the server hash a book. */
export const SignInInput = z.object({
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(1).max(128),
});

/** A password that is chosen. No rules of composition; a message of the namespace `problems` says what is wrong. */
export const NewPassword = z
  .string()
  .min(12, { error: "password_short" })
  .max(128, { error: "password_long" })
  .refine((password) => !isKnownPassword(password), { error: "password_known" });

/** A person who may sign in, made by the operator's commands. */
export const UserInput = z.object({
  email: z.email().max(254).toLowerCase(),
  password: NewPassword,
  name: z.string().trim().min(1).max(200),
  role: z.enum(["customer", "support", "billing", "lead"]),
  customerId: z.string().nullable(),
});
