import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import { createApiUser } from "@/lib/credentials/user-service";
import { valueOf } from "@/lib/failure";
import { answerHttp2sms } from "./http2sms";
import type { AnsweredCall, ApiServer } from "./server";
import { aServer } from "./testing/client";

let database: TestDatabase;
let server: ApiServer;
const logged: AnsweredCall[] = [];
beforeAll(async () => {
  database = await testDatabase();
  server = { ...aServer(database.db), answered: (call) => logged.push(call) };
});
afterAll(() => database.close());

const PASSWORD = "Xk3-pR9s.w2Q";
const URL_OF_IT = "https://api.test/cgi-bin/sms/http2sms.cgi";

async function aUser(balance = 10): Promise<{ account: string; customerId: string; auth: string }> {
  const { customerId, serviceName } = await anSmsAccount(database.db, { balance: wholeCredits(balance) });
  const context = { caller: { kind: "system", name: "test" }, db: database.db, now: server.now } as const;
  const input = { login: "contabilita", password: PASSWORD };
  valueOf(await createApiUser(context, { customerId, serviceName }, input));
  const auth = `&account=${serviceName}&login=contabilita&password=${PASSWORD}`;
  return { account: serviceName, customerId, auth };
}

async function get(query: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await answerHttp2sms(new Request(URL_OF_IT, { method, headers }), query, server);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function post(body: string | Uint8Array<ArrayBuffer>, type = "application/x-www-form-urlencoded") {
  const headers = { "Content-Type": type };
  const response = await answerHttp2sms(
    new Request(URL_OF_IT, { method: "POST", body, headers }),
    "",
    server,
  );
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const messagesOf = (customerId: string) =>
  database.sql<{ text: string; sender: string | null; tag: string | null; sent_by: string; to: string[] }[]>`
    select m.text, m.sender, m.tag, m.sent_by, array_agg(r.number order by r.position) as to
    from messages m join message_recipients r using (customer_id, message_id)
    where m.customer_id = ${customerId} group by m.customer_id, m.message_id order by m.message_number`;

describe("a message", () => {
  test("goes as old programs write it: 0033 or a plus, commas, line breaks, sender and tag", async () => {
    const { auth, customerId } = await aUser();
    const query = `${auth}&from=Ricarica&to=0033612345678,+393331234567,%2B393331234568&message=Riga%201%0dRiga+2&noStop=1&class=1&smsCoding=1&tag=ordini`;
    const { status, text, headers } = await get(query);
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(text).toMatch(/^OK\n[\d.]+\n\d+\n\d+\n\d+$/);
    expect(await messagesOf(customerId)).toEqual([
      {
        text: "Riga 1\nRiga 2",
        sender: "Ricarica",
        tag: "ordini",
        sent_by: "api-user:contabilita",
        to: ["+33612345678", "+393331234567", "+393331234568"],
      },
    ]);
  });

  test.each([
    ["UTF-8", "&message=Citt%C3%A0"],
    ["Latin-1", "&message=Citt%E0"],
    ["bytes that are not escaped", "&message=Citt\u00e0"],
  ])("in %s is read as it was meant", async (_name, message) => {
    const { auth, customerId } = await aUser();
    expect((await get(`${auth}&to=00393331234567${message}`)).text).toMatch(/^OK/);
    expect(await messagesOf(customerId)).toMatchObject([{ text: "Città" }]);
  });

  test("comes in a form as well, in the characters that it names", async () => {
    const { auth, customerId } = await aUser();
    const form = `${auth.slice(1)}&to=%2B393331234567&message=a%0D%0Ab%250dc+%26`;
    expect((await post(form)).text).toMatch(/^OK/);
    const latin = `${auth.slice(1)}&to=%2B393331234567&message=%C3%A0`;
    await post(latin, "application/x-www-form-urlencoded; charset=ISO-8859-1");
    expect(await messagesOf(customerId)).toMatchObject([{ text: "a\nb\nc &" }, { text: "Ã\u00a0" }]);
  });

  test("is sent once for an Idempotency-Key, and twice without", async () => {
    const { auth, customerId } = await aUser();
    const query = `${auth}&to=00393331234567&message=Ciao`;
    const headers = { "Idempotency-Key": "order-1" };
    const first = await get(query, headers);
    const [again, other] = [await get(query, headers), await get(`${query}%21`, headers)];
    expect(again.text).toBe(first.text);
    expect(other.text).toMatch(/^KO\n.*Idempotency-Key/);
    expect(await messagesOf(customerId)).toHaveLength(1);
    await get(query);
    expect(await messagesOf(customerId)).toHaveLength(2);
  });
});

describe("an answer", () => {
  test("is text, HTML, XML or JSON, as OVH writes them", async () => {
    const { auth } = await aUser();
    const ask = async (contentType: string, rest = "&message=Ciao") =>
      (await get(`${auth}&to=00393331234567&contentType=${contentType}${rest}`)).text.replace(
        /\d{1,9}(?=<|"\])/g,
        (id) => (id.length > 3 ? "ID" : id),
      );
    expect((await ask("text/plain")).split("\n").slice(0, 2)).toEqual(["OK", "9.3"]);
    expect(await ask("text/xml")).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8" \?><response><status>100<\/status><creditLeft>8.6<\/creditLeft><smsIds><smsId>\w+<\/smsId><\/smsIds><\/response>$/,
    );
    expect(JSON.parse(await ask("text/json"))).toEqual({
      status: 100,
      creditLeft: "7.9",
      SmsIds: [expect.stringMatching(/^\w+$/)],
    });
    expect(await ask("text/html")).toMatch(/<BODY>\nOK<br>\n7.2<br>\n\w+<br>\n<\/BODY>\n<\/HTML>\n$/);
    expect(await ask("application/xml", "")).toBe(
      '<?xml version="1.0" encoding="UTF-8" ?><response><status>201</status><message>Missing message</message></response>',
    );
    expect(await ask("application/json", "")).toBe('{"status":201,"message":"Missing message"}');
    expect(await ask("text/plain", "")).toBe("KO\nMissing message");
    expect(await ask("text/html", "")).toContain("<BODY>\nKO<br>Missing message<br>\n</BODY>");
  });

  test.each([
    ["201", "", "Missing to"],
    ["202", "&to=12&contentType=image/png", "Invalid contentType"],
    ["202", "&to=00393331234567&class=7", "Invalid class: 0, 1, 2 or 3"],
    ["202", "&to=00393331234567&smsCoding=3", "Invalid smsCoding: 1 or 2"],
    ["202", "&to=00393331234567&deferred=125025112029", "Invalid deferred: messages are sent at once"],
    ["202", "&to=12", "Invalid parameter to"],
    ["202", `&to=00393331234567&tag=${"x".repeat(21)}`, "Invalid parameter tag"],
    [
      "202",
      `&to=${Array.from({ length: 20 }, (_, i) => `0039333123${(4500 + i).toString()}`).join(",")}`,
      "Not enough credits",
    ],
    ["241", "&to=00393331234567&from=Much%20too%20long%20a%20name", "Invalid parameter from"],
  ])("of %s says what is wrong, and nothing is sent", async (code, rest, message) => {
    const { auth, customerId } = await aUser();
    const { status, text } = await get(`contentType=application/json${auth}&message=Ciao${rest}`);
    const plain = await get(`${auth}&message=Ciao${rest}`);
    expect(status).toBe(200);
    if (!rest.includes("contentType")) {
      expect(JSON.parse(text)).toMatchObject({ status: Number(code) });
      expect(text).toContain(message);
      expect(plain.text).toContain(`KO\n${message}`);
    } else expect(plain.text).toBe(`KO\n${message}`);
    expect(await messagesOf(customerId)).toEqual([]);
  });

  test("of 401 is the same for a wrong password, login or account, of another's too", async () => {
    const { auth, account } = await aUser();
    const other = await aUser();
    const rest = "&to=00393331234567&message=Ciao&contentType=text/json";
    for (const wrong of [
      auth.replace(PASSWORD, "wrong-password"),
      auth.replace("contabilita", "nobody"),
      auth.replace(account, "sms-nobody-1"),
      auth.replace(account, other.account).replace(PASSWORD, "Xk3-pR9s.w2q"),
    ])
      expect((await get(wrong + rest)).text).toBe(
        '{"status":401,"message":"Invalid account, login or password"}',
      );
  });

  test("to who guesses comes with a time to wait", async () => {
    const { auth } = await aUser();
    const wrong = `${auth.replace(PASSWORD, "wrong-password")}&to=00393331234567&message=Ciao`;
    for (let tries = 0; tries < 10; tries += 1) await get(wrong);
    const stopped = await get(wrong);
    expect([stopped.status, Number(stopped.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect(stopped.text).toMatch(/^KO\nToo many calls/);
  });

  test("to anything but GET and POST is a refusal that sends nothing", async () => {
    const { auth, customerId } = await aUser();
    expect(await get(`${auth}&to=00393331234567&message=Ciao`, {}, "HEAD")).toMatchObject({ status: 405 });
    expect(await messagesOf(customerId)).toEqual([]);
  });
});

test("nothing that a program brought is logged", async () => {
  const { auth } = await aUser();
  logged.length = 0;
  await get(`${auth}&to=00393331234567&message=Ciao`);
  await get(`${auth.replace(PASSWORD, "wrong-password")}&to=00393331234567&message=Ciao`);
  expect(logged).toMatchObject([
    { method: "GET", route: "/cgi-bin/sms/http2sms.cgi", status: 200 },
    { method: "GET", route: "/cgi-bin/sms/http2sms.cgi", status: 200 },
  ]);
  expect(JSON.stringify(logged)).not.toMatch(/password|contabilita|Ciao|3331234567/);
});
