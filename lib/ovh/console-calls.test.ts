import { expect, test } from "vitest";
import { callsGrantedBy } from "./console-calls";

const idsOf = (...rules: Parameters<typeof callsGrantedBy>[0]) => callsGrantedBy(rules).map(({ id }) => id);

test("what rules open is told as calls, a rule of one account too", () => {
  expect(idsOf({ method: "GET", path: "/sms" })).toEqual(["listServices"]);
  expect(idsOf({ method: "POST", path: "/sms/*/jobs" })).toEqual(["sendJob"]);
  expect(idsOf({ method: "*", path: "/sms/sms-ab12345-1" })).toEqual(["getAccount", "changeAccount"]);
  expect(idsOf({ method: "POST", path: "/sms/sms-ab12345-1/*" })).toEqual(["transferCredits", "sendJob"]);
  expect(idsOf({ method: "PUT", path: "/domain/*" })).toEqual([]);
});
