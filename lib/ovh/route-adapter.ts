import { z } from "zod";
import type { KnownCredential } from "@/lib/credentials/admission-service";
import type { Context } from "@/lib/context";
import type { Failure, Result } from "@/lib/failure";
import { hasBody, type Access, type Call, type Given } from "./calls/call";
import { issueInWords } from "./issue-words";
import { invalidArgument, problemOfFailure, REFUSALS, type ApiProblem } from "./errors";

/** What a route adapter knows of who asks, by the call's access. */
export type Asking = {
  open: Pick<Context, "db" | "now">;
  application: Pick<Context, "db" | "now"> & { readonly applicationKey: string; readonly panelUrl: string };
  signed: {
    readonly context: Context;
    readonly customerId: string;
    /** Null when a person asks, at the console. */
    readonly credential: KnownCredential | null;
    /** What a write is unique by: from the Idempotency-Key, or new. */
    readonly idempotencyKey: string;
    readonly panelUrl: string;
  };
};

export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: ApiProblem };

export function andThen<Value, Next>(
  outcome: Outcome<Value>,
  next: (value: Value) => Outcome<Next>,
): Outcome<Next> {
  return outcome.ok ? next(outcome.value) : outcome;
}

/** Texts as they came: path and query are not yet numbers, the body is JSON or undefined. */
export type Raw = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
};

type Prepared<Kind extends Access> = Outcome<(asking: Asking[Kind]) => Promise<Outcome<unknown>>>;

type RouteAdapterOf<Kind extends Access> = {
  readonly access: Kind;
  readonly call: Call;
  /** Parses; what it hands back does the work. */
  readonly prepare: (raw: Raw) => Prepared<Kind>;
};

export type RouteAdapter = RouteAdapterOf<"open"> | RouteAdapterOf<"application"> | RouteAdapterOf<"signed">;

/** Joins a call to the function that answers it, typed by the call's schemas. */
export function routeAdapter<
  Kind extends Access,
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  call: Call<Path, Query, Body, Answer, Kind>,
  answer: (
    given: Given<z.output<Path>, z.output<Query>, z.output<Body>>,
    asking: Asking[Kind],
  ) => Promise<Outcome<z.input<Answer>>>,
): RouteAdapterOf<Kind> {
  return {
    access: call.access,
    call,
    prepare: (raw) => {
      const path = parse(call.pathFields, withNumbers(call.pathFields, new URLSearchParams(raw.path)));
      // A name of a service in another form is the name of none.
      if (!path.ok) return { ok: false, problem: REFUSALS.noSuchService };
      const repeated = [...new Set(raw.query.keys())].find((name) => raw.query.getAll(name).length > 1);
      if (repeated !== undefined) return { ok: false, problem: invalidArgument(repeated, "only once") };
      const query = parse(call.query, withNumbers(call.query, raw.query));
      if (!query.ok) return query;
      if (hasBody(call) && raw.body === undefined && call.bodyIsOptional !== true) {
        return {
          ok: false,
          problem: invalidArgument("body", call.emptyBodyHelp ?? "a JSON object is needed"),
        };
      }
      const body = parse(call.body, hasBody(call) ? raw.body : undefined);
      if (!body.ok) return body;
      const given = { path: path.value, query: query.value, body: body.value };
      return { ok: true, value: (asking) => answer(given, asking) };
    },
  };
}

/** The answer of a verb, or its refusal in the wire's words. `fields`: the wire's names of the verb's fields. */
export function answerOf<Value>(
  result: Result<Value>,
  fields: Readonly<Record<string, string>> = {},
): Outcome<Value> {
  return result.ok ? result : refusedBy(result.failure, fields);
}

export function refusedBy(
  failure: Failure,
  fields: Readonly<Record<string, string>> = {},
): { readonly ok: false; readonly problem: ApiProblem } {
  return { ok: false, problem: problemOfFailure(failure, fields) };
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): Outcome<z.output<Schema>> {
  const parsed = schema.safeParse(input, { error: issueInWords });
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  if (unknown !== undefined) return { ok: false, problem: invalidArgument(clip(unknown), "not known here") };
  const field = issue?.path.map(String).join(".") ?? "";
  const takes = issue?.message ?? "another value";
  return { ok: false, problem: invalidArgument(field === "" ? "body" : clip(field), takes) };
}

/** A name that a caller made up, short enough to be shown back. */
const clip = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** Turns texts into numbers where the schema takes a number and the text is one; anything else is left to the schema. */
function withNumbers(schema: z.ZodObject, texts: URLSearchParams): Record<string, string | number> {
  const fields = new Map(Object.entries<z.core.$ZodType>(schema.shape));
  return Object.fromEntries(
    [...texts].map(([name, text]): [string, string | number] => {
      const field = fields.get(name);
      const isNumber = field !== undefined && takesNumber(field) && /^-?\d{1,15}(\.\d{1,6})?$/.test(text);
      return [name, isNumber ? Number(text) : text];
    }),
  );
}

const numeric = new WeakMap<object, boolean>();

function takesNumber(field: z.core.$ZodType): boolean {
  const known = numeric.get(field);
  if (known !== undefined) return known;
  const { type } = z.toJSONSchema(field, { io: "input" });
  const isNumber = type === "number" || type === "integer";
  numeric.set(field, isNumber);
  return isNumber;
}
