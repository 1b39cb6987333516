import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { mails } from "@/db/schema/mail";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { MAIL_KEPT_FOR_MS, MAIL_TELLS_FOR_MS, waitAfterMailFailure } from "./rules";
import { type MailEngine, sendDueMails } from "./send-service";
import { deleteOldMails, listMailsOfCustomer, listOutbox, queueMail } from "./service";
import { createSmtpTransport } from "./smtp";
import { type SmtpReply, startSmtpServer, type TestSmtpServer } from "./smtp-server.testing";

const FROM = { name: "Ricarica", address: "panel@ricarica.example.com" };
const LEASE_MS = 60_000;
let base: TestDatabase;
let server: TestSmtpServer | undefined;
const reported: unknown[] = [];

beforeAll(async () => {
  base = await testDatabase();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await base.db.delete(mails);
  reported.length = 0;
});
afterAll(() => base.close());

const START = Date.parse("2026-11-02T09:00:00Z");
const at = (ms: number): Context => ({
  caller: { kind: "system", name: "test" },
  db: base.db,
  now: () => new Date(START + ms),
});

async function engineFor(
  reply?: (to: string, attempt: number) => SmtpReply,
  given: Partial<MailEngine> = {},
  timeoutMs = 2000,
): Promise<MailEngine> {
  server = await startSmtpServer(reply);
  return {
    transport: createSmtpTransport({ smtpUrl: server.url, from: FROM }, timeoutMs),
    leaseMs: LEASE_MS,
    transportTimeoutMs: 5000,
    report: (error) => reported.push(error),
    ...given,
  };
}

const anAddress = () => `${randomUUID()}@example.com`;

async function aMail(address = anAddress(), customerId: string | null = null, db = base.db): Promise<string> {
  const { mailId } = await queueMail(
    { db, now: at(0).now },
    {
      kind: "password_reset",
      values: { name: "Maria", url: "https://panel.example.com/new-password?token=x" },
      language: "it",
      to: { name: "Maria Rossi", address },
      customerId,
    },
  );
  return mailId;
}

async function rowOf(mailId: string) {
  const [row] = await base.db.select().from(mails).where(eq(mails.mailId, mailId));
  return row;
}

test("a mail is there if what causes it is, and not if it is taken back", async () => {
  const address = anAddress();
  const undone = base.db.transaction(async (tx) => {
    await aMail(address, null, tx);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await base.db.$count(mails)).toBe(0);
});

test("a mail is sent once, under its own number, to one recipient, with text first and as automatic", async () => {
  const engine = await engineFor();
  const mailId = await aMail("maria@example.com");
  expect(await sendDueMails(at(0), engine, 10)).toBe(1);
  expect(await sendDueMails(at(1), engine, 10)).toBe(0);
  expect(await rowOf(mailId)).toMatchObject({ state: "sent", dueAt: null, lease: null, lastError: null });
  expect(server?.taken).toHaveLength(1);
  const mail = await server?.mailTo("maria@example.com");
  expect(mail).toMatchObject({
    messageId: `<${mailId}@ricarica.example.com>`,
    subject: "Scegli una nuova password",
    from: { value: [FROM] },
    to: { value: [{ name: "Maria Rossi", address: "maria@example.com" }] },
    date: new Date(START),
  });
  expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
  const types = mail?.headerLines.find(({ key }) => key === "content-type")?.line;
  expect(types).toMatch(/multipart\/alternative/);
  expect(mail?.text).toContain("https://panel.example.com/new-password?token=x");
  expect(mail?.html).toContain('href="https://panel.example.com/new-password?token=x"');
});

test("two workers at once send a mail once", async () => {
  const engine = await engineFor();
  await Promise.all(Array.from({ length: 8 }, () => aMail()));
  await Promise.all(Array.from({ length: 4 }, () => sendDueMails(at(0), engine, 8)));
  expect(server?.taken).toHaveLength(8);
});

describe("what is not taken", () => {
  test.each(["recipient", "data"] as const)(
    "for now (greylisting at the %s) is tried again after a wait that doubles, and arrives",
    async (place) => {
      const engine = await engineFor((_, attempt) => (attempt < 3 ? { at: place, code: 451 } : "take"));
      const mailId = await aMail();
      await sendDueMails(at(0), engine, 10);
      expect(await rowOf(mailId)).toMatchObject({ state: "waiting", failures: 1, lease: null });
      expect((await rowOf(mailId))?.lastError).toMatch(/451/);
      const second = waitAfterMailFailure(1);
      expect(await sendDueMails(at(second - 1), engine, 10)).toBe(0);
      expect(await sendDueMails(at(second), engine, 10)).toBe(1);
      const third = second + waitAfterMailFailure(2);
      expect(waitAfterMailFailure(2)).toBe(2 * waitAfterMailFailure(1));
      expect(await sendDueMails(at(third), engine, 10)).toBe(1);
      expect(await rowOf(mailId)).toMatchObject({ state: "sent", failures: 2, lastError: null });
      expect(server?.taken).toHaveLength(1);
    },
  );

  test.each(["recipient", "data"] as const)("for good, at the %s, is given up at once", async (place) => {
    const engine = await engineFor(() => ({ at: place, code: 550 }));
    const mailId = await aMail();
    await sendDueMails(at(0), engine, 10);
    expect(await rowOf(mailId)).toMatchObject({ state: "given_up", dueAt: null });
    expect((await rowOf(mailId))?.lastError).toMatch(/550/);
    expect(reported).toHaveLength(1);
  });

  test("while one recipient is refused, the others get theirs", async () => {
    const engine = await engineFor((to) => (to.startsWith("bad") ? { at: "recipient", code: 550 } : "take"));
    await aMail("bad@example.com");
    await aMail("good@example.com");
    await sendDueMails(at(0), engine, 10);
    await server?.mailTo("good@example.com", 100);
    expect(server?.taken).toHaveLength(1);
  });

  test("by a server that is not there, or that hangs, is tried again", async () => {
    const hanging = await engineFor(() => "hang", {}, 300);
    const mailId = await aMail();
    await sendDueMails(at(0), hanging, 10);
    expect(await rowOf(mailId)).toMatchObject({ state: "waiting", failures: 1 });
    await server?.close();
    await sendDueMails(at(waitAfterMailFailure(1)), hanging, 10);
    expect(await rowOf(mailId)).toMatchObject({ state: "waiting", failures: 2 });
    expect((await rowOf(mailId))?.lastError).toMatch(/ECONNREFUSED/);
  });

  test("within the time that it may take is cut off", async () => {
    const engine = await engineFor(() => "hang", { transportTimeoutMs: 200 }, 60_000);
    const mailId = await aMail();
    await sendDueMails(at(0), engine, 10);
    expect((await rowOf(mailId))?.lastError).toMatch(/did not answer within 200 ms/);
  });

  test("until it tells nobody anything any more, is given up", async () => {
    const engine = await engineFor();
    const mailId = await aMail();
    await sendDueMails(at(MAIL_TELLS_FOR_MS), engine, 10);
    expect(await rowOf(mailId)).toMatchObject({ state: "given_up" });
    expect(server?.taken).toHaveLength(0);
  });
});

test("a worker that dies between handing over and noting it loses nothing: the mail comes again under its number", async () => {
  const engine = await engineFor();
  const died = { ...engine, onTaken: () => new Promise<never>(() => undefined) };
  const mailId = await aMail();
  void sendDueMails(at(0), died, 10);
  await server?.mailTo((await rowOf(mailId))?.toAddress ?? "");
  expect(await sendDueMails(at(LEASE_MS - 1), engine, 10)).toBe(0);
  expect(await rowOf(mailId)).toMatchObject({ state: "waiting" });
  expect(await sendDueMails(at(LEASE_MS), engine, 10)).toBe(1);
  expect(await rowOf(mailId)).toMatchObject({ state: "sent" });
  expect(server?.taken.map((mail) => mail.messageId)).toEqual(
    Array.from({ length: 2 }, () => `<${mailId}@ricarica.example.com>`),
  );
});

test("a worker that comes back after its lease has gone to another writes nothing", async () => {
  const mailId = await aMail();
  let letGo = () => undefined as unknown;
  const engine = await engineFor();
  const paused: MailEngine = { ...engine, onTaken: () => new Promise<void>((resolve) => (letGo = resolve)) };
  const first = sendDueMails(at(0), paused, 10);
  await server?.mailTo((await rowOf(mailId))?.toAddress ?? "");
  const refusing: MailEngine = {
    ...engine,
    transport: { send: () => Promise.reject(new Error("the second one fails")) },
  };
  await sendDueMails(at(LEASE_MS), refusing, 10);
  letGo();
  await first;
  expect(await rowOf(mailId)).toMatchObject({ state: "waiting", failures: 1 });
});

test("an address that a parser could read as two is never handed over", async () => {
  await expect(aMail("a@example.com,b@example.com")).rejects.toThrow();
  const engine = await engineFor();
  const sent = engine.transport.send({
    mailId: randomUUID(),
    to: { name: "x", address: '"a@example.com b"@other.com' },
    subject: "x",
    textBody: "x",
    htmlBody: "x",
    createdAt: new Date(),
  });
  await expect(sent).rejects.toThrow(/no address/);
  expect(server?.connections()).toBe(0);
});

test("a name or a subject with line ends makes no header of its own", async () => {
  const engine = await engineFor();
  await engine.transport.send({
    mailId: randomUUID(),
    to: { name: "Maria\r\nBcc: other@example.com", address: "maria@example.com" },
    subject: "Ciao\r\nBcc: other@example.com",
    textBody: "x",
    htmlBody: "x",
    createdAt: new Date(),
  });
  const mail = await server?.mailTo("maria@example.com");
  expect(mail?.bcc).toBeUndefined();
  expect(mail?.to).toMatchObject({ value: [{ address: "maria@example.com" }] });
});

describe("who sees what was sent", () => {
  test("staff see to whom and what became of it, customers and programs nothing", async () => {
    const { customerId } = await aCustomer(base.db);
    await aMail("maria@example.com", customerId);
    await aMail("other@example.com");
    const support: Context = { ...at(0), caller: { kind: "support", userId: "u", right: "support" } };
    const seen = await listMailsOfCustomer(support, customerId, 10);
    expect(seen).toMatchObject({ ok: true, value: [{ toAddress: "maria@example.com", state: "waiting" }] });
    expect(JSON.stringify(seen)).not.toContain("token");
    for (const caller of [
      { kind: "customer", customerId, userId: "u" },
      { kind: "api_client", customerId, consumerKeyId: "k" },
    ] as const) {
      const refused = await listMailsOfCustomer({ ...at(0), caller }, customerId, 10);
      expect(refused).toEqual({ ok: false, failure: { code: "not_found" } });
    }
  });

  test("everybody sees in the outbox what goes to addresses that nobody can own, and nothing else", async () => {
    await aMail("maria@demo.test");
    await aMail("maria@example.com");
    await aMail("maria@test.example.com");
    await aMail("maria@demo-test.com");
    expect((await listOutbox(at(0))).map(({ toAddress }) => toAddress)).toEqual(["maria@demo.test"]);
  });
});

test("a mail is kept for 90 days, whatever became of it", async () => {
  await aMail();
  expect(await deleteOldMails(at(MAIL_KEPT_FOR_MS))).toBe(0);
  expect(await deleteOldMails(at(MAIL_KEPT_FOR_MS + 1))).toBe(1);
  expect(await base.db.$count(mails)).toBe(0);
});
