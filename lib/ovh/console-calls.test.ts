import { expect, test } from "vitest";
import { callsGrantedBy, CONSOLE_CALLS } from "./console-calls";

const idsOf = (...rules: Parameters<typeof callsGrantedBy>[0]) => callsGrantedBy(rules).map(({ id }) => id);

test("what rules open is told as calls, a rule of one account too", () => {
  expect(idsOf({ method: "GET", path: "/sms" })).toEqual(["listServices"]);
  expect(idsOf({ method: "POST", path: "/sms/*/jobs" })).toEqual(["sendJob"]);
  expect(idsOf({ method: "*", path: "/sms/sms-ab12345-1" })).toEqual(["getAccount", "changeAccount"]);
  expect(idsOf({ method: "POST", path: "/sms/sms-ab12345-1/*" })).toEqual(["transferCredits", "sendJob"]);
  expect(idsOf({ method: "PUT", path: "/domain/*" })).toEqual([]);
});

test("every field of JSON comes with an example that is JSON", () => {
  const fields = CONSOLE_CALLS.flatMap((call) => call.fields).filter(({ kind }) => kind === "json");
  expect(fields.length).toBeGreaterThan(0);
  for (const { name, example } of fields) expect(() => JSON.parse(example) as unknown, name).not.toThrow();
});

test("nothing is asked for where only null may stand, and a count of parts is no write", () => {
  const fields = CONSOLE_CALLS.find(({ id }) => id === "requestCredential")?.fields.map(({ name }) => name);
  expect(fields).toEqual(["accessRules", "redirection"]);
  const asking = CONSOLE_CALLS.filter(({ isWrite }) => isWrite).map(({ id }) => id);
  expect(asking).toEqual(["requestCredential", "changeAccount", "transferCredits", "sendJob", "placeOrder"]);
});
