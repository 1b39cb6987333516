import type { Customer } from "./fixtures";

/* Every action of the product, with what it takes to change something of a customer by it. */

/** What stands of the owner's, and is there to be had. */
export type Theirs = {
  applicationKey: string;
  credentialId: string;
  otherService: string;
  /** Of a request for a key that waits for a customer. */
  validationToken: string;
  correctionId: string;
};
type Attempt = {
  /** With which the action would change something of the owner's, if whoever may do it called. */
  args: (owner: Customer, theirs: Theirs) => unknown[];
  /** Who may; the owner unless told otherwise. */
  by?: "billing" | "approver";
  /** What it changes: a figure of the customer $1. */
  changes: string;
};

const form = (fields: Record<string, string>): unknown => new URLSearchParams(fields);
export const once = () => crypto.randomUUID().replaceAll("-", "");
const countOf = (rows: string) => `select count(*)::text as seen from ${rows} customer_id = $1`;

/** In an order in which each still finds what it is about. */
export const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  saveRuleAction: {
    args: ({ serviceName }) => [serviceName, { threshold: "150", quantity: "100" }],
    changes: countOf("rule_versions where"),
  },
  sendMessageAction: {
    args: ({ serviceName }) => [
      serviceName,
      { recipients: "+393331234567", text: "Ciao", skipInvalid: false, idempotencyKey: once() },
    ],
    changes: countOf("messages where"),
  },
  transferCreditsAction: {
    args: ({ serviceName }, { otherService }) => [
      serviceName,
      { credits: "1", target: otherService, idempotencyKey: once() },
    ],
    changes: countOf("entries where kind = 'transfer_out' and"),
  },
  buyCreditsAction: {
    args: ({ serviceName }) => [
      serviceName,
      form({ quantity: "100", idempotencyKey: once(), agreedTotal: "512" }),
    ],
    changes: countOf("orders where kind = 'purchase' and"),
  },
  choosePaymentMethodAction: {
    args: () => [{ token: "sandbox_mastercard" }],
    changes: "select token as seen from payment_methods where customer_id = $1",
  },
  endOtherSessionsAction: {
    args: () => [],
    changes: countOf("sessions join users on users.id = user_id where"),
  },
  createKeyAction: {
    args: () => [{ name: "by hand", rules: [{ method: "GET", path: "/sms" }] }],
    changes: countOf("api_credentials where"),
  },
  createApplicationAction: {
    args: () => [{ name: "by hand", description: "" }],
    changes: countOf("api_applications where"),
  },
  revokeKeyAction: {
    args: (_owner, { credentialId }) => [credentialId],
    changes: countOf("api_credentials where state = 'revoked' and"),
  },
  decideCredentialAction: {
    args: (_owner, { validationToken }) => [validationToken, { decision: "allow", validityDays: null }],
    changes: countOf("api_credentials where state = 'validated' and"),
  },
  requestCorrectionAction: {
    args: ({ customerId, serviceName }) => [
      customerId,
      serviceName,
      { amount: "5", reason: "by hand, no reason", idempotencyKey: once() },
    ],
    by: "billing",
    changes: countOf("corrections where"),
  },
  decideCorrectionAction: {
    args: ({ customerId }, { correctionId }) => [customerId, correctionId, "approve"],
    by: "approver",
    changes: countOf("corrections where state = 'posted' and"),
  },
  createApiUserAction: {
    args: ({ serviceName }) => [serviceName, { login: "contabilita", password: "Xk3-pR9s.w2Q" }],
    changes: countOf("api_users where"),
  },
  deleteApiUserAction: {
    args: ({ serviceName }) => [serviceName, "contabilita"],
    changes: countOf("api_users where"),
  },
  deleteApplicationAction: {
    args: (_owner, { applicationKey }) => [applicationKey],
    changes: countOf("api_applications where deleted_at is null and"),
  },
};
/** Whoever calls them, they are about nobody but the caller. */
export const OF_ANYBODY = [
  "chooseLanguageAction",
  "signInAction",
  "signOutAction",
  "forgotPasswordAction",
  "newPasswordAction",
  "changePasswordAction",
  "requestAddressChangeAction",
  "confirmAddressAction",
];
