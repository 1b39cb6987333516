import { z } from "zod";

/** What the sign-in form sends. Lengths are bounded so that nobody makes the server hash a book. */
export const SignInInput = z.object({
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(1).max(128),
});

/** A person who may sign in, made by the operator's commands. */
export const UserInput = z.object({
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(8).max(128),
  name: z.string().trim().min(1).max(200),
  role: z.enum(["customer", "support", "billing", "lead"]),
  customerId: z.string().nullable(),
});
