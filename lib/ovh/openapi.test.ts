import { createConfig, lintFromString } from "@redocly/openapi-core";
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

/** What the linter says of a document, with its strictest set of rules and those that ask for words. */
async function problemsOf(linted: object): Promise<string[]> {
  const error = "error" as const;
  const config = await createConfig({
    extends: ["recommended-strict"],
    rules: {
      "operation-description": error,
      "operation-singular-tag": error,
      "parameter-description": error,
      "tag-description": error,
      "no-invalid-parameter-examples": error,
      "no-invalid-media-type-examples": error,
      // The product is served where its operator likes, this machine too.
      "no-server-example.com": "off",
    },
  });
  const problems = await lintFromString({
    source: JSON.stringify(linted),
    absoluteRef: "openapi.json",
    config,
  });
  return problems.map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? ""})`,
  );
}

describe("the description", () => {
  test("is OpenAPI 3.1 in which the linter finds nothing", async () => {
    expect(document["openapi"]).toMatch(/^3\.1\./);
    expect(await problemsOf(document)).toEqual([]);
  });

  test("the linter would say what is wrong", async () => {
    const paths = document["paths"] as Record<string, Record<string, object>>;
    const { summary: _, ...withoutSummary } = paths["/sms"]?.["get"] as Record<string, unknown>;
    const spoilt = {
      ...document,
      paths: {
        "/sms": { get: withoutSummary },
        "/sms/{serviceName}": { get: { ...withoutSummary, summary: "Twice", parameters: [{ in: "path" }] } },
      },
    };
    expect(await problemsOf(spoilt)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("operation-summary"),
        expect.stringContaining("operation-operationId-unique"),
        expect.stringContaining("path-parameters-defined"),
        expect.stringContaining("struct"),
      ]),
    );
  });

  test("tells of every call that there may be too many of it, or no server, and of buying that a card may be refused", () => {
    const paths = document["paths"] as Record<string, Record<string, { responses: object }>>;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        path,
        method,
        codes: Object.keys(responses),
      })),
    );
    for (const { codes } of operations) expect(codes).toEqual(expect.arrayContaining(["429", "503"]));
    const refusable = operations.filter(({ codes }) => codes.includes("402"));
    expect(refusable).toMatchObject([{ path: "/order/sms/{serviceName}/credits", method: "post" }]);
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
