import { ACCOUNT_CALLS } from "./account-calls";
import { AUTH_CALLS } from "./auth-calls";
import { MESSAGE_CALLS } from "./message-calls";
import { ORDER_CALLS } from "./order-calls";
import { RATE_CALLS } from "./rate-calls";
import { USER_CALLS } from "./user-calls";

/**
 * Every call of the API, in the order in which it is shown. The one place that says what a call takes and answers:
 * requests are parsed, the OpenAPI description is made and the console is drawn from it.
 */
export const CALLS = {
  ...AUTH_CALLS,
  ...ACCOUNT_CALLS,
  ...MESSAGE_CALLS,
  ...USER_CALLS,
  ...RATE_CALLS,
  ...ORDER_CALLS,
} as const;

export type Calls = typeof CALLS;
export type CallId = keyof Calls;
