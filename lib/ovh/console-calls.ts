import { z } from "zod";
import type { ConsoleCall, ConsoleField } from "@/lib/console/rules";
import { isGranted, type AccessRule } from "@/lib/credentials/rules";
import { isWrite, type Call } from "./calls/call";
import { CALLS, type CallId } from "./calls/table";

/** As much of JSON Schema as the calls use. */
const FieldSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  description: z.string().default(""),
  examples: z.array(z.unknown()).default([]),
  items: z.object({ type: z.string().optional() }).optional(),
});
type FieldSchema = z.infer<typeof FieldSchema>;

/** Of the body's texts, those that want room. */
const LONG_TEXTS = new Set(["message"]);
/** Names of SMS accounts, for which the reader's own are offered. */
const SERVICES = new Set(["serviceName", "smsAccountTarget"]);

/** Fields that are taken as the OVH API takes them and change nothing here. */
const SECONDARY = new Set([
  "name",
  "creditsLeft",
  "creditsHoldByQuota",
  "charset",
  "class",
  "coding",
  "priority",
  "differedPeriod",
  "ipRestrictions",
  "quotaInformations",
  "alertThresholdInformations",
  "validityPeriod",
  "senderForResponse",
]);
/** What turns the recharge off, as null does. */
const INSTEAD_OF_NULL = new Map([["automaticRecreditAmount", 0]]);
const TRANSFER = { source: "serviceName", credits: "credits", target: "smsAccountTarget" } as const;

/** The guide's own call, which exists through the API only, is the one that a reader comes for. */
export const FIRST_CALL: CallId = "transferCredits";

/** Every call as the console draws it: the same descriptions that parse requests and make the OpenAPI document. */
export const CONSOLE_CALLS: readonly ConsoleCall[] = Object.entries<Call>(CALLS).map(([id, call]) => ({
  id,
  method: call.method,
  path: call.path,
  access: call.access,
  fields: withoutTwins([
    ...fieldsOf(call.pathFields, "path", call.example.path),
    ...fieldsOf(call.body, "body", call.example.body),
    ...fieldsOf(call.query, "query", call.example.query),
  ]),
  isWrite: isWrite(call) && call !== CALLS.estimate,
  transfer: call === CALLS.transferCredits ? TRANSFER : null,
}));

/** The calls that access rules open, for a customer to read. A rule of one account's own is held against that account. */
export function callsGrantedBy(rules: readonly AccessRule[]): readonly ConsoleCall[] {
  return CONSOLE_CALLS.filter(
    ({ method, path, access }) =>
      access === "signed" &&
      rules.some((rule) => {
        const serviceName = /\/(sms-[^/*]+)/.exec(rule.path)?.[1] ?? "sms-any-1";
        return isGranted([rule], method, path.replace("{serviceName}", serviceName).replace("{id}", "1"));
      }),
  );
}

/** What may stand in the body or in the address is asked for once. */
function withoutTwins(fields: readonly ConsoleField[]): ConsoleField[] {
  return fields.filter(({ name }, index) => fields.findIndex((each) => each.name === name) === index);
}

function fieldsOf(schema: z.ZodType, place: ConsoleField["place"], examples: unknown): ConsoleField[] {
  const object = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (!(object instanceof z.ZodObject)) return [];
  const ofCall = new Map<string, unknown>(Object.entries(examples ?? {}));
  return Object.entries<z.core.$ZodType>(object.shape)
    .filter(([, field]) => !takesNothing(field))
    .map(([name, field]) => fieldOf(name, field, place, ofCall.get(name)));
}

/** What only null or the empty text may stand in is nothing to fill in. */
function takesNothing(field: z.core.$ZodType): boolean {
  const { type, anyOf = [] } = FieldSchema.parse(z.toJSONSchema(field, { io: "input" }));
  const parts = anyOf.map((part) => FieldSchema.parse(part));
  const isEmpty = (part: FieldSchema) => part.type === "null" || part.const === "";
  return type === "null" || (parts.length > 0 && parts.every(isEmpty));
}

function fieldOf(
  name: string,
  field: z.core.$ZodType,
  place: ConsoleField["place"],
  ofCall: unknown,
): ConsoleField {
  const whole = FieldSchema.parse(z.toJSONSchema(field, { io: "input", reused: "inline" }));
  const isNullable = z.safeParse(field, null).success;
  const parts = (whole.anyOf ?? []).map((part) => FieldSchema.parse(part));
  const real = flatten(parts).filter((part) => part.type !== "null");
  const [first] = real;
  const main = first === undefined ? whole : first;
  const choices = choicesOf(real.length > 0 ? real : [whole]);
  return {
    place,
    name,
    kind: kindOf(name, main, choices),
    isRequired: !z.safeParse(field, undefined).success,
    isSecondary: SECONDARY.has(name),
    isNullable,
    insteadOfNull: INSTEAD_OF_NULL.get(name) ?? null,
    choices: choices.map(String),
    choicesAreNumbers: choices.length > 0 && choices.every((choice) => typeof choice === "number"),
    description: whole.description || main.description,
    example: exampleOf([...whole.examples, ...main.examples, ofCall][0], main),
  };
}

function flatten(parts: readonly FieldSchema[]): FieldSchema[] {
  return parts.flatMap((part) =>
    part.anyOf === undefined ? [part] : flatten(part.anyOf.map((each) => FieldSchema.parse(each))),
  );
}

function choicesOf(parts: readonly FieldSchema[]): unknown[] {
  return parts.flatMap((part) => part.enum ?? (part.const === undefined ? [] : [part.const]));
}

function kindOf(name: string, main: FieldSchema, choices: readonly unknown[]): ConsoleField["kind"] {
  const type = Array.isArray(main.type) ? main.type.find((each) => each !== "null") : main.type;
  if (SERVICES.has(name)) return "service";
  if (type === "boolean") return "boolean";
  if (choices.length > 0) return "choice";
  if (type === "number" || type === "integer") return "number";
  if (type === "array") return main.items?.type === "string" ? "list" : "json";
  if (type !== "string") return "json";
  return LONG_TEXTS.has(name) ? "long_text" : "text";
}

function exampleOf(example: unknown, { items }: FieldSchema): string {
  if (example === undefined) return "";
  if (typeof example === "string" || typeof example === "number") return String(example);
  return Array.isArray(example) && items?.type === "string" ? example.join("\n") : JSON.stringify(example);
}
