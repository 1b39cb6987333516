import { z } from "zod";
import { hasBody, isWrite, type Call, type Example } from "./calls/call";
import { CALLS } from "./calls/table";
import { ApiError } from "./wire/auth";
import { components } from "./wire/components";

type Json = Readonly<Record<string, unknown>>;

const reference = (id: string): string => `#/components/schemas/${id}`;

/** The description of all calls, OpenAPI 3.1, made from the schemas that parse them. */
export function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, call] of Object.entries<Call>(CALLS)) {
    (paths[call.path] ??= {})[call.method.toLowerCase()] = operationOf(id, call);
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Ricarica",
      version: "1.0",
      description: INTRODUCTION,
      license: { name: "Proprietary", url: new URL("/", publicUrl).href },
    },
    servers: [{ url: publicUrl }],
    security: [SIGNATURE],
    tags: [
      { name: "auth", description: "Time and credentials" },
      { name: "sms", description: "SMS accounts, messages, rates" },
      { name: "order", description: "Buying credits" },
    ],
    paths,
    components: {
      schemas: namedSchemas(),
      responses: {
        Refusal: {
          description: "A refusal; `errorCode` says which",
          headers: {
            "X-OVH-QUERYID": { schema: { type: "string" }, description: "Names the call for support" },
          },
          content: { "application/json": { schema: { $ref: reference("Error") } } },
        },
        TooManyRequests: toBeTriedAgain("Too many calls of this key or address"),
        Unavailable: toBeTriedAgain("The service is not available at this moment"),
      },
      securitySchemes: {
        application: { type: "apiKey", in: "header", name: "X-Ovh-Application" },
        consumer: { type: "apiKey", in: "header", name: "X-Ovh-Consumer" },
        timestamp: { type: "apiKey", in: "header", name: "X-Ovh-Timestamp" },
        signature: { type: "apiKey", in: "header", name: "X-Ovh-Signature", description: SIGNATURE_TEXT },
      },
    },
  };
}

function toBeTriedAgain(description: string): Json {
  return {
    description,
    headers: { "Retry-After": { schema: { type: "integer" }, description: "Seconds to wait" } },
    content: { "application/json": { schema: { $ref: reference("Error") } } },
  };
}

const SIGNATURE = { application: [], consumer: [], timestamp: [], signature: [] };

const SIGNATURE_TEXT =
  '"$1$" and the SHA-1, in hexadecimal digits, of application secret, consumer key, method, whole address with query, body and timestamp, joined by "+"';

const INTRODUCTION =
  "Prepaid SMS credits with automatic recharge. Compatible with the official OVH clients. " +
  "A recharge is due when the balance is at or below the threshold. Credits are numbers exact to a thousandth. " +
  "Every write takes an Idempotency-Key. The signature of a write is accepted once: two equal writes within one second need different timestamps. Reads may repeat. " +
  "A slash at the end of a path is ignored; the signature is of the address as it was called.";

function operationOf(id: string, call: Call): Json {
  const { pathFields, query, body, answer, access, example } = call;
  const parameters = [
    ...parametersOf(pathFields, "path", example.path),
    ...parametersOf(query, "query", example.query),
    ...(isWrite(call) ? [IDEMPOTENCY_KEY] : []),
  ];
  const refusals = Object.fromEntries(
    statusesOf(call).map((status) => [status, { $ref: "#/components/responses/Refusal" }]),
  );
  return {
    operationId: id,
    tags: [call.path.split("/")[1]],
    summary: call.summary,
    description: call.description,
    ...(access === "open" && { security: [] }),
    ...(access === "application" && { security: [{ application: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody(call) && {
      requestBody: {
        required: call.bodyIsOptional !== true,
        content: { "application/json": { schema: schemaOf(body, "input"), ...exampleOf(example, "body") } },
      },
    }),
    responses: {
      "200": {
        description: answer instanceof z.ZodNull ? "Done: the body is null" : "Done",
        content: { "application/json": { schema: schemaOf(answer, "output") } },
      },
      ...refusals,
      "429": { $ref: "#/components/responses/TooManyRequests" },
      "503": { $ref: "#/components/responses/Unavailable" },
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "The same key with the same request answers as the first time, for at least 24 hours; with another request it is a conflict. Best a random one, which nobody can guess",
  schema: { type: "string", maxLength: 90 },
};

function statusesOf(call: Call): string[] {
  const isNamed = call.path.includes("{");
  return [
    "400",
    ...(call.access === "open" ? [] : ["401", "403"]),
    // A card that was declined too often.
    ...(isWrite(call) && call.path.startsWith("/order/") ? ["402"] : []),
    ...(isNamed || call.access === "open" ? ["404"] : []),
    ...(isWrite(call) ? ["409"] : []),
    ...(hasBody(call) ? ["413"] : []),
  ];
}

function parametersOf(schema: z.ZodObject, place: "path" | "query", examples: Example["query"] = {}): Json[] {
  return Object.entries<z.core.$ZodType>(schema.shape).map(([name, field]) => {
    const { description, examples: _, ...written } = inlined(field);
    const isRequired = place === "path" || !z.safeParse(field, undefined).success;
    const example = examples[name];
    return {
      name,
      in: place,
      required: isRequired,
      description,
      schema: written,
      ...(example !== undefined && !String(example).startsWith("{") && { example }),
    };
  });
}

const exampleOf = (example: Example, part: "body"): Json =>
  example[part] === undefined ? {} : { example: example[part] };

/** A reference to a named schema, or the schema itself. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const id = components.get(schema instanceof z.ZodOptional ? schema.unwrap() : schema)?.id;
  if (id !== undefined) return { $ref: reference(id) };
  if (schema instanceof z.ZodArray) return { type: "array", items: schemaOf(elementOf(schema), io) };
  return inlined(schema);
}

function elementOf(schema: z.ZodArray): z.ZodType {
  const { element } = schema;
  if (!(element instanceof z.ZodType)) throw new Error("an array of something that is no schema");
  return element;
}

function inlined(schema: z.core.$ZodType): Json {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { io: "input" });
  return written;
}

function namedSchemas(): Json {
  // Named, so that it is in the registry before it is written out.
  components.get(ApiError);
  const { schemas } = z.toJSONSchema(components, { uri: reference, io: "input" });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}
