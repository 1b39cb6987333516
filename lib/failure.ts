/** Every way in which a verb may refuse. Expected failures are values of this union; bugs are thrown. */
export type Failure =
  | { readonly code: "not_authenticated" }
  | { readonly code: "not_allowed" }
  /** Does not exist, or belongs to another customer: the two are never told apart. */
  | { readonly code: "not_found" }
  /** `fields` maps a field's name to the key of a message in the namespace `problems`. */
  | { readonly code: "invalid_input"; readonly fields: Readonly<Record<string, FieldProblem>> }
  /** Amounts are printed credits, as by `printCredits`. */
  | { readonly code: "insufficient_credits"; readonly available: string; readonly requested: string }
  /** An idempotency key that was used before for something else, or a thing that was changed since it was read. */
  | { readonly code: "conflict" }
  /** A destination of the request has no row in the price list. */
  | { readonly code: "not_served"; readonly countries: readonly string[] }
  | { readonly code: "payment_declined"; readonly declineCode: string }
  | { readonly code: "too_many_requests"; readonly retryAfterSeconds: number };

/** What is wrong with one field: the key of a message (namespace `problems`) and what it mentions. */
export type FieldProblem = {
  readonly problem: string;
  readonly values?: Readonly<Record<string, string | number>>;
};

export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

export const ok = <Value>(value: Value): Result<Value> => ({ ok: true, value });
export const fail = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

/** What a verb answered, where it may not refuse: in the demo and in tests. Throws if it did. */
export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`);
  return result.value;
}
