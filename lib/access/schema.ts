import { z } from "zod";
import type { FieldProblem } from "@/lib/failure";
import { isMailAddress } from "@/lib/mail-address";
import { isKnownPassword } from "./known-passwords";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./rules";

/** What the sign-in form sends. Lengths are bounded so that nobody makes the server hash a book. */
export const SignInInput = z.object({
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(1).max(128),
});

/** A password that is chosen. No rules of composition; a message of the namespace `problems` says what is wrong. */
export const NewPassword = z
  .string()
  .min(SHORTEST_PASSWORD, { error: "password_short" })
  .max(LONGEST_PASSWORD, { error: "password_long" })
  .refine((password) => !isKnownPassword(password), { error: "password_known" });

/** A person who may sign in, made by the operator's commands. */
export const UserInput = z.object({
  email: z.email().max(254).toLowerCase(),
  password: NewPassword,
  name: z.string().trim().min(1).max(200),
  role: z.enum(["customer", "support", "billing", "lead"]),
  customerId: z.string().nullable(),
});

const Address = z.string().trim().toLowerCase().refine(isMailAddress, { error: "address_form" });
const CurrentPassword = z
  .string()
  .min(1, { error: "password_wrong" })
  .max(LONGEST_PASSWORD, { error: "password_wrong" });

export const AddressInput = z.object({ email: Address });

/** What a link carries. One that is too long is none, and is not looked up. */
export const NewPasswordInput = z.object({ token: z.string().max(200), password: NewPassword });
export const ChangePasswordInput = z.object({ current: CurrentPassword, password: NewPassword });
export const ChangeAddressInput = z.object({ email: Address, current: CurrentPassword });
export const ConfirmAddressInput = z.object({ token: z.string().min(1).max(2000) });

/** The first problem of each field. */
export function problemsOf(error: z.ZodError): Readonly<Record<string, FieldProblem>> {
  const problems: Record<string, FieldProblem> = {};
  for (const {
    path: [name],
    message,
  } of error.issues)
    problems[String(name)] ??= { problem: message };
  return problems;
}
