import { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * Who may make a call. `open`: anybody. `application`: a known application key, unsigned. `signed`: a consumer key
 * with a rule for it, by signature.
 */
export type Access = "open" | "application" | "signed";

/** What a caller may send, after parsing. */
export type Given<Path, Query, Body> = { readonly path: Path; readonly query: Query; readonly body: Body };

/** One worked example, in the description of the API and run as a test. */
export type Example = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** What the demo account answers, as far as that is always the same. */
  readonly answer: unknown;
};

/** All that there is to know of one call: what parses it, what describes it, and what the console draws. */
export type Call<
  Path extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Kind extends Access = Access,
> = {
  readonly method: Method;
  /** With `{serviceName}` for what stands in it. */
  readonly path: string;
  readonly access: Kind;
  /** One line. */
  readonly summary: string;
  readonly description: string;
  readonly pathFields: Path;
  readonly query: Query;
  /** `z.undefined()` for a call without a body. */
  readonly body: Body;
  readonly answer: Answer;
  /** The body may be left out altogether. */
  readonly bodyIsOptional?: boolean;
  /** What a request without any field is told, where that says more than that a body is needed. */
  readonly emptyBodyHelp?: string;
  /** A write that leaves no trace of its Idempotency-Key, so that its answer is kept in the same transaction. */
  readonly isOneTransaction?: boolean;
  /** A password, which nobody is to guess from what is kept to know the request again. */
  readonly bodyHoldsSecret?: boolean;
  readonly example: Example;
};

export const nothing = z.strictObject({});
export const noBody = z.undefined();

/** Writes a call down with the types of its schemas. */
export function call<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Kind extends Access,
>(description: Call<Path, Query, Body, Answer, Kind>): Call<Path, Query, Body, Answer, Kind> {
  return description;
}

export const isWrite = ({ method }: Pick<Call, "method">): boolean => method !== "GET";
export const hasBody = ({ body }: Pick<Call, "body">): boolean => !(body instanceof z.ZodUndefined);

/** For the examples: an amount of money, and the path of an account of the demo. */
export const eur = (value: number, text: string) => ({ currencyCode: "EUR", text, value });
export const anAccount = { serviceName: "sms-ab12345-1" };
