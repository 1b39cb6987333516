import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import problems from "@/lib/i18n/messages/en/problems.json";
import { hasBody, type Call } from "./calls/call";
import { CALLS } from "./calls/table";
import { PROBLEM_WORDS, problemWords } from "./problem-words";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, type Keys } from "./testing/client";

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let account: string;

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  server = aServer(database.db);
  const { customerId } = await aCustomer(database.db);
  ({ serviceName: account } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(100) }));
  keys = await keysOf(server, customerId);
});
afterAll(() => database.close());

type Field = { call: Call; name: string; place: "body" | "query"; schema: z.core.JSONSchema.BaseSchema };

const FIELDS: Field[] = Object.values<Call>(CALLS).flatMap((call) =>
  (["body", "query"] as const).flatMap((place) => {
    const schema = call[place] instanceof z.ZodOptional ? call[place].unwrap() : call[place];
    if (!(schema instanceof z.ZodObject)) return [];
    return Object.entries<z.core.$ZodType>(schema.shape).map(([name, field]) => ({
      call,
      name,
      place,
      schema: z.toJSONSchema(field, { io: "input", reused: "inline" }),
    }));
  }),
);

/** The example of a call with one field in another value. */
async function askWith({ call, name, place }: Field, value: unknown) {
  // What may stand in either place stands in one.
  const without = (fields: unknown) =>
    Object.fromEntries(Object.entries(fields ?? {}).filter(([each]) => each !== name));
  const query = { ...without(call.example.query), ...(place === "query" && { [name]: value }) };
  const path = call.path.replace("{serviceName}", account).replace(/\{\w+\}/g, "1");
  const asked = new URLSearchParams(Object.entries(query).map(([key, one]) => [key, String(one)])).toString();
  const example = without(call.example.body);
  const { status, body } = await ask(server, call.access === "open" ? null : keys, {
    method: call.method,
    path: asked === "" ? path : `${path}?${asked}`,
    ...(hasBody(call) &&
      (place === "body" || call.bodyIsOptional !== true) && {
        body: place === "body" ? { ...example, [name]: value } : example,
      }),
  });
  return { status, message: (body as { message?: string } | null)?.message ?? "" };
}

const ODD = [
  "",
  " ",
  "a_b",
  "x".repeat(5000),
  "\t",
  "-1",
  -1,
  0.5,
  1e9,
  true,
  [],
  [1],
  {},
  ["x".repeat(50)],
  null,
];

const fieldsOf = (place: Field["place"]) => FIELDS.filter((field) => field.place === place);

describe("every message", () => {
  test.each([...fieldsOf("body"), ...fieldsOf("query")].map((field) => [field.call.path, field.name, field]))(
    "of %s about %s names the parameter and says in words what it takes",
    async (_path, _name, field) => {
      for (const odd of ODD) {
        if (field.place === "query" && typeof odd === "object") continue;
        const { status, message } = await askWith(field, odd);
        expect(status, message).toBeLessThan(500);
        if (status !== 400) continue;
        const [, parameter = "", words = ""] = /^Invalid parameter ([\w.-]+): (.+)$/s.exec(message) ?? [];
        expect(parameter, message).toMatch(new RegExp(`^${field.name.replace(".", "\\.")}(\\.|$)|^body$`));
        expect(words, message).not.toMatch(/\/\^|_|Invalid|expected|received|<=|>=/);
        // A key of a message turned into words says what is wrong, "sender form", and never what would be right.
        const spelled = Object.keys(problems).map((key) => key.replaceAll("_", " "));
        expect(spelled).not.toContain(words);
      }
    },
    60_000,
  );

  test("that a verb may ask for has words of the API", () => {
    expect(Object.keys(PROBLEM_WORDS).sort()).toEqual(Object.keys(problems).sort());
    for (const problem of Object.keys(problems)) {
      const values = { most: 7, least: 3, count: 9, parts: 9, examples: "12", example: "1", more: 0 };
      const words = problemWords({ problem, values });
      expect(words, problem).toMatch(/ |^null$/);
      expect(words, problem).not.toMatch(/_|\?/);
    }
  });

  test("says of a sender what it takes", async () => {
    const body = { message: "Ciao", receivers: ["+393331234567"], sender: "Mario & figli" };
    const { body: refusal } = await ask(server, keys, { method: "POST", path: `/sms/${account}/jobs`, body });
    expect((refusal as { message: string }).message).toBe(
      "Invalid parameter sender: at most 11 letters or digits, at least one of them a letter, or a number",
    );
  });
});

/** The limits that a description states, each with the value at it and the one beyond. */
function limitsOf({ schema }: Field): [string, unknown, unknown][] {
  const parts = [schema, ...(schema.anyOf ?? [])] as z.core.JSONSchema.BaseSchema[];
  return parts.flatMap(({ maxLength, maximum, maxItems, pattern, const: only }) => {
    const limits: [string, unknown, unknown][] = [];
    if (maxLength !== undefined && pattern === undefined && only === undefined) {
      limits.push([`${maxLength.toString()} characters`, "x".repeat(maxLength), "x".repeat(maxLength + 1)]);
    }
    if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) {
      limits.push([`at most ${maximum.toString()}`, maximum, maximum + 1]);
    }
    if (maxItems !== undefined) {
      const item = (count: number) => Array.from({ length: count }, () => EXAMPLE_ITEM[maxItems] ?? "12");
      limits.push([`${maxItems.toString()} elements`, item(maxItems), item(maxItems + 1)]);
    }
    return limits;
  });
}

/** By the most of them: an access rule is an object. */
const EXAMPLE_ITEM: Record<number, unknown> = { 50: { method: "GET", path: "/sms" } };

describe("every limit of the description", () => {
  const limits = FIELDS.flatMap((field) =>
    limitsOf(field).map(
      ([name, at, beyond]) => [field.call.path, field.name, name, field, at, beyond] as const,
    ),
  );
  test("is looked at", () => expect(limits.length).toBeGreaterThan(12));

  test.each(limits)("%s %s, %s, is that of the code", async (_path, _name, _limit, field, at, beyond) => {
    const within = await askWith(field, at);
    if (within.status === 400) expect(within.message).not.toContain(field.name);
    const over = await askWith(field, beyond);
    expect(over.status).toBe(400);
    expect(over.message).toContain(field.name);
  });
});

describe("a NUL", () => {
  const path = () => `/sms/${account}/jobs`;
  test.each([
    [{ message: "a\u0000b" }, "message"],
    [{ receivers: ["+393331234567\u0000"] }, "receivers.0"],
    [{ tag: "\u0000" }, "tag"],
    [{ sender: "\u0000" }, "sender"],
    [{ "a\u0000": 1 }, "body"],
  ])("in the body %o is refused by its field", async (wrong, field) => {
    const body = { message: "Ciao", receivers: ["+393331234567"], ...wrong };
    const refused = await ask(server, keys, { method: "POST", path: path(), body });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: "INVALID_ARGUMENT" } });
    expect((refused.body as { message: string }).message).toContain(`Invalid parameter ${field}: `);
  });

  test("in a path or a query is refused on every call", async () => {
    for (const { path: pattern, method, access } of Object.values<Call>(CALLS)) {
      const as = access === "open" ? null : keys;
      const filled = (text: string) => pattern.replace(/\{\w+\}/g, text);
      const paths = [`${filled("1")}?tag=a%00b`, `${filled("1")}?%00=1`];
      if (pattern.includes("{")) paths.push(filled("%00"), filled("sms-%00-1"));
      for (const below of paths) {
        const { status, body } = await ask(server, as, {
          method,
          path: below,
          ...(method !== "GET" && { body: {} }),
        });
        expect(status, `${method} ${below}`).toBe(400);
        expect(body, below).toMatchObject({ errorCode: "INVALID_ARGUMENT" });
      }
    }
  });
});
