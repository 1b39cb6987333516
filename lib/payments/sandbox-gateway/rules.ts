/** What the sandbox answers when nothing gets lost on the way. */
export type SandboxVerdict =
  | { readonly kind: "paid" }
  | { readonly kind: "declined"; readonly code: string }
  | { readonly kind: "needs_authentication"; readonly code: string };

/** What happens to one charge. */
export type Plan = {
  /** Null: the gateway's usual time. */
  readonly delayMs: number | null;
  /** When the answer is lost: never, before anything happened, or after it happened. */
  readonly timeOut: "never" | "before" | "after";
  readonly verdict: SandboxVerdict;
};

const APPROVED: Plan = { delayMs: null, timeOut: "never", verdict: { kind: "paid" } };

/** Declines that no repeat with the same card can change. */
const FINAL_CODES: ReadonlySet<string> = new Set([
  "expired_card",
  "stolen_card",
  "lost_card",
  "closed_account",
  "unknown_card",
]);

export const isFinalCode = (code: string): boolean => FINAL_CODES.has(code);

/**
 * Reads an instruction: words with spaces between, each optional. "approve", "decline:<code>",
 * "needs_authentication", "delay:<milliseconds>", "time_out_before", "time_out_after". Null if it holds another word.
 */
export function parsePlan(text: string): Plan | null {
  let plan: Plan = APPROVED;
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const [, name = "", value = ""] = /^([a-z_]+)(?::([a-z_0-9]+))?$/.exec(word) ?? [];
    if (name === "approve") plan = { ...plan, verdict: { kind: "paid" } };
    else if (name === "decline" && value !== "")
      plan = { ...plan, verdict: { kind: "declined", code: value } };
    else if (name === "needs_authentication") {
      plan = { ...plan, verdict: { kind: "needs_authentication", code: "authentication_required" } };
    } else if (name === "delay" && /^\d{1,6}$/.test(value)) plan = { ...plan, delayMs: Number(value) };
    else if (name === "time_out_before") plan = { ...plan, timeOut: "before" };
    else if (name === "time_out_after") plan = { ...plan, timeOut: "after" };
    else return null;
  }
  return plan;
}

/** A card of the sandbox. `behaviour` is also the key of its description in the messages. */
export type SandboxCard = {
  readonly token: string;
  /** As printed on a receipt; the same in every language. */
  readonly label: string;
  readonly behaviour: string;
  readonly instruction: string;
};

/** The cards that everybody may choose in the sandbox, as real gateways offer test cards. */
export const SANDBOX_CARDS = [
  { token: "sandbox_visa", label: "Visa •••• 4242", behaviour: "approved", instruction: "approve" },
  {
    token: "sandbox_mastercard",
    label: "Mastercard •••• 4444",
    behaviour: "approved",
    instruction: "approve",
  },
  {
    token: "sandbox_no_funds",
    label: "Visa •••• 9995",
    behaviour: "insufficient_funds",
    instruction: "decline:insufficient_funds",
  },
  {
    token: "sandbox_expired",
    label: "Visa •••• 0069",
    behaviour: "expired_card",
    instruction: "decline:expired_card",
  },
  {
    token: "sandbox_authentication",
    label: "Visa •••• 3155",
    behaviour: "needs_authentication",
    instruction: "needs_authentication",
  },
  { token: "sandbox_slow", label: "Visa •••• 0259", behaviour: "slow", instruction: "delay:3000" },
  {
    token: "sandbox_lost_request",
    label: "Visa •••• 0119",
    behaviour: "lost_request",
    instruction: "time_out_before",
  },
  {
    token: "sandbox_lost_answer",
    label: "Visa •••• 0127",
    behaviour: "lost_answer",
    instruction: "time_out_after",
  },
] as const satisfies readonly SandboxCard[];

export type SandboxCardBehaviour = (typeof SANDBOX_CARDS)[number]["behaviour"];

/**
 * How a card behaves when nobody gave an instruction. Several may behave alike: "sandbox_visa:mine" is a card of its
 * own that behaves as "sandbox_visa". A card that the sandbox does not know is declined for good.
 */
export function planOfCard(token: string): Plan {
  const [name] = token.split(":");
  const card = SANDBOX_CARDS.find((one) => one.token === name);
  const plan = card === undefined ? null : parsePlan(card.instruction);
  return plan ?? { ...APPROVED, verdict: { kind: "declined", code: "unknown_card" } };
}
