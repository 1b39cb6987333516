import { z } from "zod";
import { API_PASSWORD_FORM, LOGIN_FORM } from "./user-rules";

const Password = z
  .string({ error: "api_password_form" })
  .regex(API_PASSWORD_FORM, { error: "api_password_form" });

export const ApiUserInput = z.object({
  login: z.string({ error: "api_login_form" }).regex(LOGIN_FORM, { error: "api_login_form" }),
  password: Password,
});

export const PasswordInput = z.object({ password: Password });
