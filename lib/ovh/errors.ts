import type { Failure } from "@/lib/failure";
import { MAX_API_USERS } from "@/lib/credentials/user-rules";
import { TOO_MANY_DECLINES } from "@/lib/orders/rules";
import { problemWords } from "./problem-words";

/** An answer that refuses a call, before it is written out. */
export type ApiProblem = {
  readonly status: keyof typeof STATUS_TEXTS;
  /** The kind of refusal in the wire's words; the class follows from the status. */
  readonly errorCode: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
  /** For a 405: the methods that the path has. */
  readonly allow?: string;
};

const STATUS_TEXTS = {
  400: ["Client::BadRequest", "Bad Request"],
  401: ["Client::Unauthorized", "Unauthorized"],
  402: ["Client::PaymentRequired", "Payment Required"],
  403: ["Client::Forbidden", "Forbidden"],
  404: ["Client::NotFound", "Not Found"],
  405: ["Client::MethodNotAllowed", "Method Not Allowed"],
  409: ["Client::Conflict", "Conflict"],
  413: ["Client::PayloadTooLarge", "Payload Too Large"],
  429: ["Client::TooManyRequests", "Too Many Requests"],
  500: ["Server::InternalServerError", "Internal Server Error"],
  503: ["Server::ServiceUnavailable", "Service Unavailable"],
} as const;

const problem = (
  status: ApiProblem["status"],
  errorCode: string,
  message: string,
  more: Pick<ApiProblem, "retryAfterSeconds" | "allow"> = {},
): ApiProblem => ({ status, errorCode, message, ...more });

/** The refusals that need no further words. */
export const REFUSALS = {
  invalidSignature: problem(400, "INVALID_SIGNATURE", "Invalid signature"),
  outOfTime: problem(400, "QUERY_TIME_OUT", "Query out of time"),
  notAuthenticated: problem(401, "NOT_AUTHENTICATED", "You must login first"),
  invalidKey: problem(403, "INVALID_KEY", "Invalid application key"),
  invalidCredential: problem(403, "INVALID_CREDENTIAL", "This credential is not valid"),
  unknownCredential: problem(403, "NOT_CREDENTIAL", "This credential does not exist"),
  notGranted: problem(403, "NOT_GRANTED_CALL", "This call has not been granted"),
  noSuchService: problem(404, "NOT_FOUND", "This service does not exist"),
  noSuchMessage: problem(404, "NOT_FOUND", "This message does not exist"),
  noSuchUser: problem(404, "NOT_FOUND", "This user does not exist"),
  loginTaken: problem(409, "USER_EXISTS", "This account has a user of this login"),
  tooManyUsers: problem(
    409,
    "TOO_MANY_USERS",
    `This account has ${MAX_API_USERS.toString()} users: delete one that is not used`,
  ),
  noSuchCall: problem(404, "NOT_FOUND", "This call does not exist"),
  nulInPath: problem(400, "INVALID_ARGUMENT", "Invalid parameter path: no NUL characters"),
  tooLarge: problem(413, "BODY_TOO_LARGE", "The body is larger than 1 MiB"),
  keyReused: problem(
    409,
    "IDEMPOTENCY_KEY_REUSED",
    "This Idempotency-Key was used before for another request",
  ),
  keyBusy: problem(
    409,
    "IDEMPOTENCY_KEY_IN_USE",
    "The first request with this Idempotency-Key is still being worked on",
    { retryAfterSeconds: 1 },
  ),
  unexpected: problem(500, "INTERNAL_ERROR", "An unexpected error has occurred; it was recorded"),
  unavailable: problem(503, "UNAVAILABLE", "The service is not available at this moment", {
    retryAfterSeconds: 2,
  }),
} as const satisfies Record<string, ApiProblem>;

export const wrongMethod = (allow: string): ApiProblem =>
  problem(405, "METHOD_NOT_ALLOWED", `This path takes ${allow}`, { allow });

export const tooManyCalls = (retryAfterSeconds: number): ApiProblem =>
  problem(429, "TOO_MANY_REQUESTS", `Too many calls; wait ${retryAfterSeconds.toString()} s`, {
    retryAfterSeconds,
  });

/** `field` as the wire names it; `takes` says what it takes. */
export const invalidArgument = (field: string, takes: string): ApiProblem =>
  problem(400, "INVALID_ARGUMENT", `Invalid parameter ${field}: ${takes}`);

/**
 * How the refusal of a verb leaves. `fields` gives the wire's name of a verb's field; one without an entry goes by
 * its own name.
 */
export function problemOfFailure(
  failure: Failure,
  fields: Readonly<Record<string, string>> = {},
): ApiProblem {
  switch (failure.code) {
    case "not_authenticated":
      return REFUSALS.notAuthenticated;
    case "not_allowed":
      return REFUSALS.notGranted;
    case "not_found":
      return REFUSALS.noSuchService;
    case "invalid_input": {
      const texts = Object.entries(failure.fields).map(
        ([field, wrong]) => `Invalid parameter ${fields[field] ?? field}: ${problemWords(wrong)}`,
      );
      return problem(400, "INVALID_ARGUMENT", texts.join("; ") || "Invalid parameters");
    }
    case "insufficient_credits":
      return problem(
        409,
        "NOT_ENOUGH_CREDITS",
        `Not enough credits: ${failure.available} left, ${failure.requested} asked for`,
      );
    case "conflict":
      return REFUSALS.keyReused;
    case "not_served":
      return invalidArgument(
        "receivers",
        `nothing can be sent to ${failure.countries.map(englishName).join(", ")}: there is no rate for it`,
      );
    case "payment_declined":
      return problem(402, "PAYMENT_DECLINED", declineText(failure.declineCode));
    case "too_many_requests":
      return tooManyCalls(failure.retryAfterSeconds);
  }
}

const declineText = (code: string): string =>
  code === TOO_MANY_DECLINES
    ? "The payment method was declined four times in a row: choose another, or try again in an hour"
    : `The payment was declined (${code})`;

const englishNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
export const englishName = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (englishNames.of(country) ?? country) : country;

/** Headers that every answer of the API carries. */
export function answerHeaders(queryId: string): Headers {
  return new Headers({
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    // One id under both names: the one that clients of the API know, and the one that our pages and proxies use.
    "X-OVH-QUERYID": queryId,
    "X-Request-Id": queryId,
    "X-Content-Type-Options": "nosniff",
  });
}

/** The four names that every client looks for. */
export function problemBody(refusal: ApiProblem): string {
  const [className, statusText] = STATUS_TEXTS[refusal.status];
  return JSON.stringify({
    class: className,
    message: refusal.message,
    errorCode: refusal.errorCode,
    httpCode: `${refusal.status.toString()} ${statusText}`,
  });
}

export function problemResponse(refusal: ApiProblem, queryId: string): Response {
  const headers = answerHeaders(queryId);
  if (refusal.retryAfterSeconds !== undefined)
    headers.set("Retry-After", refusal.retryAfterSeconds.toString());
  if (refusal.allow !== undefined) headers.set("Allow", refusal.allow);
  return new Response(problemBody(refusal), { status: refusal.status, headers });
}
