import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import { hasBody, type Call } from "./calls/call";
import { CALLS } from "./calls/table";
import { openApiDocument } from "./openapi";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, type Keys } from "./testing/client";
import { ApiError } from "./wire/auth";

const calls = Object.entries<Call>(CALLS);
const document = JSON.parse(JSON.stringify(openApiDocument("https://api.test/1.0"))) as Record<
  string,
  unknown
>;

describe("the description", () => {
  test("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result).toMatchObject({ valid: true });
    expect(validator.version).toBe("3.1");
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test("keeps what a linter asks for: unique ids, summaries, described and declared parameters, a refusal", () => {
    const ids = new Set<string>();
    const paths = document["paths"] as Record<string, Record<string, Record<string, unknown>>>;
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const at = `${method} ${path}`;
        ids.add(String(operation["operationId"]));
        expect(operation["summary"], at).toMatch(/^\S.*[^.]$/);
        expect(operation["description"], at).toMatch(/\.$/);
        expect(operation["tags"], at).toHaveLength(1);
        const parameters = (operation["parameters"] ?? []) as {
          name: string;
          in: string;
          description: string;
        }[];
        expect(
          parameters.every(({ description }) => description.length > 3),
          at,
        ).toBe(true);
        const inPath = parameters.filter((each) => each.in === "path").map(({ name }) => `{${name}}`);
        expect(path.match(/\{\w+\}/g) ?? [], at).toEqual(inPath);
        expect(Object.keys(operation["responses"] as object), at).toEqual(
          expect.arrayContaining(["200", "400", "429"]),
        );
      }
    }
    expect(ids.size).toBe(calls.length);
  });

  test("describes every call of the table, and no other", () => {
    const paths = document["paths"] as Record<string, object>;
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(calls.map(([, { method, path }]) => `${method} ${path}`).sort());
  });
});

describe("the examples", () => {
  let database: TestDatabase;
  let server: ApiServer;
  let keys: Keys;
  let first: number;

  beforeAll(async () => {
    process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
    database = await testDatabase();
    server = aServer(database.db);
    const { customerId } = await aCustomer(database.db, { customerId: "ab12345-ovh" });
    for (const number of [1, 2, 3]) {
      const serviceName = `sms-ab12345-${number.toString()}`;
      await anSmsAccount(database.db, { customerId, serviceName, balance: wholeCredits(500) });
    }
    keys = await keysOf(server, customerId);
    const body = { message: "Primo", receivers: ["+393331234567"] };
    const path = "/sms/sms-ab12345-1/jobs";
    const sent = await ask(server, keys, { method: "POST", path, body });
    first = (sent.body as { ids: [number] }).ids[0];
  });
  afterAll(() => database.close());

  test.each(calls)("%s answers as it is written", async (_id, call) => {
    const { example, method, answer } = call;
    const filled = Object.entries(example.path ?? {}).reduce(
      (path, [name, value]) => path.replace(`{${name}}`, value.replace("{first}", first.toString())),
      call.path,
    );
    const query = new URLSearchParams(
      Object.entries(example.query ?? {}).map(([name, value]) => [name, String(value)]),
    ).toString();
    const response = await ask(server, call.access === "open" ? null : keys, {
      method,
      path: query === "" ? filled : `${filled}?${query}`,
      ...(hasBody(call) && { body: example.body }),
    });
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    expect(z.safeParse(answer, response.body)).toMatchObject({ success: true });
    if (call === CALLS.getTime) expect(response.body).toEqual(expect.any(Number));
    else
      expect({ answer: shortened(response.body, example.answer) }).toMatchObject({ answer: example.answer });
  });

  test("a refusal is as it is described", async () => {
    const { body } = await ask(server, keys, { path: "/sms/sms-no-such" });
    expect(z.safeParse(ApiError, body)).toMatchObject({ success: true });
  });

  test("the descriptions are served, OpenAPI and the form that the official clients load", async () => {
    expect((await ask(server, null, { path: "/openapi.json" })).body).toMatchObject({ openapi: "3.1.1" });
    expect((await ask(server, null, { path: "/sms.json" })).body).toMatchObject({ resourcePath: "/sms" });
    expect((await ask(server, null, { path: "/other.json" })).status).toBe(404);
  });
});

/** A list as long as the example's, which shows how it begins. */
const shortened = (answer: unknown, example: unknown): unknown =>
  Array.isArray(answer) && Array.isArray(example) ? answer.slice(0, Math.max(example.length, 0)) : answer;
