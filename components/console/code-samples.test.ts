import { expect, test } from "vitest";
import type { ConsoleCall, ConsoleField } from "@/lib/console/rules";
import { sampleOf, signedText, type SampleLanguage } from "./code-samples";
import { buildRequest, NULL, type Values } from "./request";

const BASE = "https://panel.example:8443/api/1.0";

const field = (name: string, more: Partial<ConsoleField> = {}): ConsoleField => ({
  place: "body",
  name,
  kind: "text",
  isRequired: false,
  isSecondary: false,
  isNullable: false,
  insteadOfNull: null,
  choices: [],
  choicesAreNumbers: false,
  description: "",
  example: "",
  ...more,
});
const calling = (method: ConsoleCall["method"], path: string, fields: ConsoleField[]): ConsoleCall => ({
  id: "call",
  method,
  path,
  access: "signed",
  isWrite: true,
  transfer: null,
  fields: [field("serviceName", { place: "path", kind: "service" }), ...fields],
});
const SEND = calling("POST", "/sms/{serviceName}/jobs", [
  field("message", { kind: "long_text" }),
  field("receivers", { kind: "list" }),
  field("class"),
]);
const CHANGE = calling("PUT", "/sms/{serviceName}", [
  field("automaticRecreditAmount", { isNullable: true, insteadOfNull: 0 }),
]);
const TRANSFER = calling("POST", "/sms/{serviceName}/transferCredits", [
  field("credits", { kind: "number" }),
  field("smsAccountTarget", { kind: "service" }),
]);

const sampled = (language: SampleLanguage, call: ConsoleCall, values: Values): string =>
  sampleOf(language, buildRequest(call, values).request, call, BASE);

const job = {
  serviceName: "sms-ab12345-1",
  message: 'L\'ora è "adesso"',
  receivers: "+393331234567",
  class: "phoneDisplay",
};

test("a text for the shell is quoted whatever it holds", () => {
  expect(sampled("curl", SEND, job)).toContain(
    `BODY='{"message":"L'\\''ora è \\"adesso\\"","receivers":["+393331234567"],"class":"phoneDisplay"}'`,
  );
});

test("a field that is a word of Python's is named as its client takes it", () => {
  const sample = sampled("python", SEND, job);
  expect(sample).toContain('    _class="phoneDisplay",');
  expect(sample).not.toMatch(/^ {4}class=/m);
});

test("off is sent as null, and to the Node client, which would leave that out, as 0", () => {
  const off = { serviceName: "sms-ab12345-1", automaticRecreditAmount: NULL };
  expect(sampled("curl", CHANGE, off)).toContain(`BODY='{"automaticRecreditAmount":null}'`);
  expect(sampled("python", CHANGE, off)).toContain("automaticRecreditAmount=None");
  expect(sampled("node", CHANGE, off)).toContain('"automaticRecreditAmount": 0');
});

test("what would be signed is the body as it leaves, between the whole address and the time", () => {
  const values = { serviceName: "sms-ab12345-1", credits: "10,5", smsAccountTarget: "sms-ab12345-2" };
  expect(signedText(buildRequest(TRANSFER, values).request, BASE)).toBe(
    `APPLICATION_SECRET+CONSUMER_KEY+POST+${BASE}/sms/sms-ab12345-1/transferCredits+{"credits":10.5,"smsAccountTarget":"sms-ab12345-2"}+TIMESTAMP`,
  );
});
