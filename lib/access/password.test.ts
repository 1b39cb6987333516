import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { users, verifications } from "@/db/schema/access";
import { mails } from "@/db/schema/mail";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import type { Locale } from "@/lib/i18n/locales";
import { confirmAddress, requestAddressChange } from "./address-service";
import { isKnownPassword } from "./known-passwords";
import { changePassword, requestPasswordReset, resetPassword } from "./password-service";
import type { Origin } from "./rules";
import { createUser, signIn } from "./service";
import { personOf } from "./session";

const OLD = "correct horse battery";
const NEW = "four random words here";
let base: TestDatabase;

beforeAll(async () => {
  vi.stubEnv("AUTH_SECRET", "a secret of the tests, long enough to be one");
  vi.stubEnv("APP_URL", "https://panel.example.com");
  base = await testDatabase();
});
afterAll(async () => {
  await base.close();
  vi.unstubAllEnvs();
});

const now = () => new Date();
const anOrigin = (): Origin => ({ address: `test-${randomUUID()}`, userAgent: "curl/8", device: null });
const visit = (language: Locale = "it") => ({ db: base.db, now, from: anOrigin(), language });
const noPause = () => Promise.resolve();
const ask = (email: string, language?: Locale) => requestPasswordReset(visit(language), { email }, noPause);
const reset = (token: string, password = NEW) => resetPassword(visit(), { token, password });
const VOID = { ok: false, failure: { code: "conflict" } };

async function aPerson() {
  const email = `${randomUUID()}@example.com`;
  const { customerId } = await aCustomer(base.db);
  const system: Context = { caller: { kind: "system", name: "test" }, db: base.db, now };
  const made = await createUser(system, {
    email,
    password: OLD,
    name: "Maria",
    role: "customer",
    customerId,
  });
  if (!made.ok) throw new Error("not made");
  const { userId } = made.value;
  const context: Context = { ...system, caller: { kind: "customer", customerId, userId } };
  return { email, customerId, userId, context };
}

/** The headers of a browser that is signed in. */
async function aBrowser(email: string, password = OLD): Promise<Headers> {
  const entered = await signIn({ db: base.db, now }, anOrigin(), { email, password });
  if (!entered.ok) throw new Error(entered.failure.code);
  return new Headers({ cookie: entered.value.setCookies.map((line) => line.split(";")[0]).join("; ") });
}

const opens = async (email: string, password: string) =>
  (await signIn({ db: base.db, now }, anOrigin(), { email, password })).ok;

const mailsTo = (address: string) => base.db.select().from(mails).where(eq(mails.toAddress, address));

async function tokenTo(address: string, kind = "password_reset"): Promise<string> {
  const found = (await mailsTo(address)).filter((mail) => mail.kind === kind);
  const [, token] = /\?token=(\S+)/.exec(found.at(-1)?.textBody ?? "") ?? [];
  if (token === undefined) throw new Error("no link came");
  return token;
}

describe("a forgotten password", () => {
  test.each([
    ["it", "Scegli una nuova password"],
    ["fr", "Choisissez un nouveau mot de passe"],
    ["en", "Choose a new password"],
  ] as const)("brings a link in the reader's language: %s", async (language, subject) => {
    const { email, customerId } = await aPerson();
    expect(await ask(email.toUpperCase(), language)).toEqual({ ok: true, value: null });
    const [mail] = await mailsTo(email);
    expect(mail).toMatchObject({ subject, language, customerId, toName: "Maria", state: "waiting" });
    expect(mail?.textBody).toMatch(/https:\/\/panel\.example\.com\/new-password\?token=\w{20,}\n/);
    // The link is of no use any more when it ends, and neither is the mail.
    expect((mail?.expiresAt.getTime() ?? 0) - (mail?.createdAt.getTime() ?? 0)).toBe(60 * 60 * 1000);
  });

  test("is answered alike for an address that nobody has, without a mail, after the same pause", async () => {
    const pauses: number[] = [];
    const pause = (delayMs: number) => Promise.resolve(pauses.push(delayMs));
    const { email } = await aPerson();
    const unknown = `${randomUUID()}@example.com`;
    const answers = [];
    for (const one of [email, unknown])
      answers.push(await requestPasswordReset(visit(), { email: one }, pause));
    expect(answers[0]).toEqual(answers[1]);
    expect(pauses).toEqual([600, 600]);
    expect(await mailsTo(unknown)).toEqual([]);
  });

  test("sends three links to an address in a quarter of an hour, and goes on to answer alike", async () => {
    const { email } = await aPerson();
    for (let time = 1; time <= 5; time += 1) expect(await ask(email)).toEqual({ ok: true, value: null });
    expect(await mailsTo(email)).toHaveLength(3);
  });

  test("of what is no address is refused", async () => {
    for (const email of ["maria", "a@example.com,b@example.com", ""]) {
      expect(await ask(email)).toMatchObject({ failure: { fields: { email: { problem: "address_form" } } } });
    }
  });

  test("ends all sessions, lets the new password in and the old one out, and tells the person", async () => {
    const { email } = await aPerson();
    const browsers = [await aBrowser(email), await aBrowser(email)];
    await ask(email);
    // From a browser that has never been here.
    expect(await reset(await tokenTo(email))).toEqual({ ok: true, value: null });
    for (const browser of browsers) expect(await personOf(base.db, browser)).toBeNull();
    expect(await opens(email, OLD)).toBe(false);
    expect(await opens(email, NEW)).toBe(true);
    expect((await mailsTo(email)).map(({ kind }) => kind).sort()).toEqual([
      "password_changed",
      "password_reset",
    ]);
  });

  test("has a link that works once, also by two at once", async () => {
    const { email } = await aPerson();
    await ask(email);
    const token = await tokenTo(email);
    const tried = await Promise.all([
      reset(token, "one of two passwords"),
      reset(token, "two of two passwords"),
    ]);
    expect(tried.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tried.filter(({ ok }) => !ok)).toEqual([VOID]);
    expect(await reset(token)).toEqual(VOID);
    const right = tried[0].ok ? "one" : "two";
    expect(await opens(email, `${right} of two passwords`)).toBe(true);
    expect((await mailsTo(email)).filter(({ kind }) => kind === "password_changed")).toHaveLength(1);
  });

  test("has a link that is void after an hour, after another was used, and if it never was", async () => {
    const { email, userId } = await aPerson();
    await ask(email);
    const late = await tokenTo(email);
    const anHourAgo = new Date(Date.now() - 1);
    await base.db.update(verifications).set({ expiresAt: anHourAgo }).where(eq(verifications.value, userId));
    expect(await reset(late)).toEqual(VOID);
    await ask(email);
    const first = await tokenTo(email);
    await ask(email);
    const all = (await mailsTo(email)).map(({ textBody }) => /\?token=(\S+)/.exec(textBody)?.[1] ?? "");
    const second = all.find((token) => token !== first && token !== late) ?? "";
    expect(await reset(second)).toEqual({ ok: true, value: null });
    for (const token of [first, late, "", "x", "x".repeat(300)]) expect((await reset(token)).ok).toBe(false);
    expect(await opens(email, NEW)).toBe(true);
  });

  test("keeps no token that could be read from the table", async () => {
    const { email, userId } = await aPerson();
    await ask(email);
    const token = await tokenTo(email);
    const rows = await base.db.select().from(verifications).where(eq(verifications.value, userId));
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test.each([
    ["too short", "password_short"],
    ["x".repeat(129), "password_long"],
    ["qwerty123456", "password_known"],
  ])("takes no password such as %j, and the link stays good", async (password, problem) => {
    const { email } = await aPerson();
    await ask(email);
    const token = await tokenTo(email);
    expect(await reset(token, password)).toMatchObject({ failure: { fields: { password: { problem } } } });
    expect((await reset(token)).ok).toBe(true);
  });
});

describe("known passwords", () => {
  test.each([
    "qwerty123456",
    "QWERTY123456",
    "password12345",
    "sunshine2026!",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
  ])("%s is one", (password) => expect(isKnownPassword(password)).toBe(true));
  test.each(["ricarica-demo", "correct horse battery", "a-password-of-the-tests", "Tr0ub4dor&3-longer"])(
    "%s is none",
    (password) => expect(isKnownPassword(password)).toBe(false),
  );
});

describe("a password that is changed", () => {
  const change = (context: Context, browser: Headers, input: unknown) =>
    changePassword(context, browser, { from: anOrigin(), language: "en" }, input);

  test("ends the other sessions, keeps this browser signed in, and is told", async () => {
    const { email, context } = await aPerson();
    const [here, elsewhere] = [await aBrowser(email), await aBrowser(email)];
    const changed = await change(context, here, { current: OLD, password: NEW });
    if (!changed.ok) throw new Error(JSON.stringify(changed.failure));
    expect(await personOf(base.db, elsewhere)).toBeNull();
    const cookie = changed.value.setCookies.map((line) => line.split(";")[0]).join("; ");
    expect(await personOf(base.db, new Headers({ cookie }))).toMatchObject({ email });
    expect(await opens(email, NEW)).toBe(true);
    expect(await mailsTo(email)).toMatchObject([{ kind: "password_changed", language: "en" }]);
  });

  test("needs the one that holds, and only so many tries", async () => {
    const { email, context } = await aPerson();
    const here = await aBrowser(email);
    const input = { current: "not the password", password: NEW };
    for (let time = 1; time <= 10; time += 1) {
      expect(await change(context, here, input)).toMatchObject({
        failure: { fields: { current: { problem: "password_wrong" } } },
      });
    }
    expect(await change(context, here, { current: OLD, password: NEW })).toMatchObject({
      failure: { code: "too_many_requests" },
    });
    expect(await opens(email, OLD)).toBe(true);
    expect(await mailsTo(email)).toEqual([]);
  });

  test("is nobody's to change but a person's own", async () => {
    const { customerId } = await aPerson();
    const caller = { kind: "api_client", customerId, consumerKeyId: "k" } as const;
    const context: Context = { caller, db: base.db, now };
    const refused = { ok: false, failure: { code: "not_allowed" } };
    expect(await change(context, new Headers(), { current: OLD, password: NEW })).toEqual(refused);
    expect(await requestAddressChange(context, new Headers(), "it", {})).toEqual(refused);
    expect(await confirmAddress(context, new Headers(), "it", {})).toEqual(refused);
  });
});

describe("a mail address that is changed", () => {
  const request = (context: Context, browser: Headers, email: string, current = OLD) =>
    requestAddressChange(context, browser, "fr", { email, current });
  const confirm = (context: Context, browser: Headers, token: string) =>
    confirmAddress(context, browser, "fr", { token });
  const emailOf = async (userId: string) =>
    (await base.db.select().from(users).where(eq(users.id, userId)))[0]?.email;

  test("is confirmed by a link to the new one, and the old one is told", async () => {
    const { email, userId, context } = await aPerson();
    const here = await aBrowser(email);
    await ask(email);
    const resetToken = await tokenTo(email);
    const fresh = `${randomUUID()}@example.com`;
    expect(await request(context, here, fresh)).toEqual({ ok: true, value: null });
    expect(await emailOf(userId)).toBe(email);
    const token = await tokenTo(fresh, "address_confirmation");
    expect(await confirm(context, here, token)).toMatchObject({ ok: true });
    expect(await emailOf(userId)).toBe(fresh);
    expect(await opens(fresh, OLD)).toBe(true);
    expect((await mailsTo(email)).map(({ kind }) => kind)).toContain("address_changed");
    // What went to the old mailbox opens nothing any more.
    expect(await reset(resetToken)).toEqual(VOID);
    expect(await confirm(context, here, token)).toEqual(VOID);
  });

  test("by two at once changes once, and is told once", async () => {
    const { email, context } = await aPerson();
    const here = await aBrowser(email);
    const fresh = `${randomUUID()}@example.com`;
    await request(context, here, fresh);
    const token = await tokenTo(fresh, "address_confirmation");
    const tried = await Promise.all([confirm(context, here, token), confirm(context, here, token)]);
    expect(tried.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await mailsTo(email)).toHaveLength(1);
  });

  test("needs the password, and a link of one's own", async () => {
    const { email, userId, context } = await aPerson();
    const here = await aBrowser(email);
    const fresh = `${randomUUID()}@example.com`;
    expect(await request(context, here, fresh, "not the password")).toMatchObject({
      failure: { fields: { current: { problem: "password_wrong" } } },
    });
    expect(await mailsTo(fresh)).toEqual([]);
    await request(context, here, fresh);
    const token = await tokenTo(fresh, "address_confirmation");
    const other = await aPerson();
    expect(await confirm(other.context, await aBrowser(other.email), token)).toEqual(VOID);
    expect(await confirm(context, here, `${token}x`)).toEqual(VOID);
    expect(await emailOf(userId)).toBe(email);
  });

  test("that somebody has already is answered alike, and nothing is sent", async () => {
    const { email, context } = await aPerson();
    const other = await aPerson();
    expect(await request(context, await aBrowser(email), other.email)).toEqual({ ok: true, value: null });
    expect(await mailsTo(other.email)).toEqual([]);
  });

  test("that somebody took meanwhile stays his", async () => {
    const { email, userId, context } = await aPerson();
    const here = await aBrowser(email);
    const other = await aPerson();
    const fresh = `${randomUUID()}@example.com`;
    await request(context, here, fresh);
    await base.db.update(users).set({ email: fresh }).where(eq(users.id, other.userId));
    expect(await confirm(context, here, await tokenTo(fresh, "address_confirmation"))).toEqual(VOID);
    expect(await emailOf(userId)).toBe(email);
  });
});
