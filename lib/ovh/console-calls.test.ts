import { expect, test } from "vitest";
import en from "@/lib/i18n/messages/en/console.json";
import fr from "@/lib/i18n/messages/fr/console.json";
import it from "@/lib/i18n/messages/it/console.json";
import { callsGrantedBy, CONSOLE_CALLS } from "./console-calls";

const idsOf = (...rules: Parameters<typeof callsGrantedBy>[0]) => callsGrantedBy(rules).map(({ id }) => id);

test("what rules open is told as calls, a rule of one account too", () => {
  expect(idsOf({ method: "GET", path: "/sms" })).toEqual(["listServices"]);
  expect(idsOf({ method: "POST", path: "/sms/*/jobs" })).toEqual(["sendJob", "sendUserJob"]);
  expect(idsOf({ method: "*", path: "/sms/sms-ab12345-1" })).toEqual(["getAccount", "changeAccount"]);
  expect(idsOf({ method: "POST", path: "/sms/sms-ab12345-1/*" })).toEqual([
    "transferCredits",
    "sendJob",
    "createUser",
    "sendUserJob",
  ]);
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
  expect(asking).toEqual([
    "requestCredential",
    "changeAccount",
    "transferCredits",
    "sendJob",
    "createUser",
    "changeUser",
    "sendUserJob",
    "deleteUser",
    "placeOrder",
  ]);
});

test("every call and every field is described in every language that the panel has", () => {
  for (const [locale, texts] of Object.entries({ it, fr, en })) {
    for (const { id, fields } of CONSOLE_CALLS) {
      expect(Object.keys(texts.summaries), locale).toContain(id);
      expect(Object.keys(texts.details), locale).toContain(id);
      const names = fields.map(({ name }) =>
        name.replace(/\.(.)/g, (_, letter: string) => letter.toUpperCase()),
      );
      expect(Object.keys(texts.fields), `${locale} ${id}`).toEqual(expect.arrayContaining(names));
    }
  }
});
