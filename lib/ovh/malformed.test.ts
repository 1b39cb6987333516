import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import type { Call } from "./calls/call";
import { CALLS } from "./calls/table";
import { answerApiRequest } from "./handle";
import type { ApiServer } from "./server";
import { aServer, BASE, keysOf, signed, type Keys } from "./testing/client";

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let account: string;

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  server = aServer(database.db);
  const { customerId } = await aCustomer(database.db);
  ({ serviceName: account } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(10) }));
  keys = await keysOf(server, customerId);
});
afterAll(() => database.close());

const calls: readonly Call[] = Object.values(CALLS);
const FIELDS = [
  "credits",
  "smsAccountTarget",
  "message",
  "receivers",
  "sender",
  "tag",
  "quantity",
  "status",
  "automaticRecreditAmount",
  "creditThresholdForAutomaticRecredit",
  "description",
  "name",
  "accessRules",
  "redirection",
  "senderType",
  "noStopClause",
  "__proto__",
  "constructor",
];

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("\u0000", "\ud800", "'; drop table entries; --", "sms-ab12345-1", "+393331234567", "1e309"),
);
const oddValue = fc.oneof(
  oddText,
  fc.double(),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e21, 0.0001, 9007199254740993, {}, [], [[]], [null], [""]),
  fc.array(oddText, { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const oddBody = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .dictionary(fc.constantFrom(...FIELDS), oddValue, { maxKeys: 5 })
      .map((body) => JSON.stringify(body)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "{", "nul", "[".repeat(50_000), '{"a":'.repeat(20_000), "\u0000", "1e999"),
  },
);
/** A body that the call takes but for one field, so that what is wrong is met as deep inside as it can be. */
const nearlyRight = ({ example }: Call) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(example.body ?? {}), "description", "tag"), oddValue)
    .map(([name, value]) => JSON.stringify({ ...(example.body as object | undefined), [name]: value }));
const bytesOf = (call: Call) =>
  fc.oneof(
    { weight: 9, arbitrary: nearlyRight(call).map((text) => new TextEncoder().encode(text)) },
    { weight: 9, arbitrary: oddBody.map((text) => new TextEncoder().encode(text)) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 80 }).map((raw) => Uint8Array.from(raw)) },
  );
const oddPart = fc.oneof(
  oddText.map((text) => encodeURIComponent(Buffer.from(text).toString())),
  fc.constantFrom("%", "%zz", "%00", "%2f", "..", ".", "", "-1", "0", "9".repeat(30), "1.5", "%F0%9F"),
);
const pathOf = (call: Call) =>
  fc
    .tuple(oddPart, oddPart, fc.boolean())
    .map(([first, second, isReal]) =>
      call.path.replace("{serviceName}", () => (isReal ? account : first)).replace("{id}", () => second),
    );
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom("country", "billingCountry", "quantity", "tag", "x", "creationDatetime.from"),
      oddPart,
    ),
    {
      maxLength: 3,
    },
  )
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map((pair) => pair.join("=")).join("&")}`));

const RUNS = 5000;

test(`${RUNS.toString()} malformed bodies, paths and queries: never a 500, never a hang, always the four names`, async () => {
  const met = new Map<string, number>();
  let answered = 0;
  const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH");
  const request = fc.constantFrom(...calls).chain((call) =>
    fc.record({
      verb: fc.oneof({ weight: 4, arbitrary: fc.constant(call.method) }, { weight: 1, arbitrary: method }),
      path: pathOf(call),
      query,
      body: bytesOf(call),
      how: fc.integer({ min: 0, max: 9 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(request, async ({ verb, path, query: asked, body, how }) => {
      const below = path + asked;
      // Most are signed, so that they come past the signature check; some are not.
      const headers =
        how === 0
          ? {}
          : signed(server, keys, { method: verb, path: below, rawBody: verb === "GET" ? "" : body });
      const sent = new Request(`${BASE}/x`, {
        method: verb,
        headers: { ...headers, ...(how === 1 && { "Idempotency-Key": `k${answered.toString()}` }) },
        ...(verb !== "GET" && { body }),
      });
      const response = await Promise.race([
        answerApiRequest(sent, below, server),
        new Promise<never>((_resolve, reject) =>
          setTimeout(() => reject(new Error(`hangs: ${below}`)), 10_000).unref(),
        ),
      ]);
      const answer: unknown = await response.json();
      answered += 1;
      expect(response.status, `${verb} ${below}`).toBeLessThan(500);
      if (response.status === 200) return;
      const refusal = answer as Record<string, string>;
      expect(Object.keys(refusal).sort()).toEqual(["class", "errorCode", "httpCode", "message"]);
      met.set(refusal["errorCode"] ?? "", (met.get(refusal["errorCode"] ?? "") ?? 0) + 1);
    }),
    { numRuns: RUNS },
  );
  expect(answered).toBeGreaterThanOrEqual(RUNS);
  // Most came past the signature, or nothing would have been proved.
  expect(met.get("INVALID_ARGUMENT")).toBeGreaterThan(RUNS / 10);
  expect(met.get("INVALID_SIGNATURE") ?? 0).toBe(0);
}, 600_000);
