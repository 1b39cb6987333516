import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/access";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import type { Result } from "@/lib/failure";
import { findSigner } from "./admission-service";
import {
  createApplication,
  createValidatedKey,
  decideCredentialRequest,
  deleteApplication,
  getCredentialRequest,
  listApiKeys,
  requestCredential,
  revokeCredential,
} from "./service";

let database: TestDatabase;
beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
});
afterAll(() => database.close());

const ALLOW = { decision: "allow", validityDays: 30 };
const RULES = [{ method: "GET", path: "/sms" }];
const DAY_MS = 86_400_000;

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? "ok" : result.failure.code);

async function aPerson(): Promise<{ customerId: string; context: Context }> {
  const { customerId } = await aCustomer(database.db);
  const userId = `user-of-${customerId}`;
  const email = `${customerId}@keys.test`;
  const user = {
    id: userId,
    name: "Prova",
    email,
    emailVerified: true,
    role: "customer" as const,
    customerId,
  };
  await database.db.insert(users).values(user);
  return { customerId, context: contextOf({ kind: "customer", customerId, userId }) };
}
const contextOf = (caller: Caller): Context => ({ caller, db: database.db, now: () => new Date() });
const later = (context: Context, milliseconds: number): Context => ({
  ...context,
  now: () => new Date(Date.now() + milliseconds),
});
const support = () => contextOf({ kind: "support", userId: "staff", right: "lead" });

/** A request for a key that waits for a decision. */
async function aRequest(redirection: string | null = null) {
  const { customerId, context } = await aPerson();
  const application = valueOf(await createApplication(context, customerId, { name: "Negozio" }));
  const asked = { rules: RULES, redirection };
  const request = valueOf(await requestCredential(context, application.applicationKey, asked));
  const stateOf = async (at = context) => {
    const found = await findSigner(at, application.applicationKey, request.consumerKey);
    return found.credential?.state;
  };
  return { ...application, ...request, stateOf, maker: { customerId, context } };
}

describe("who may make and take away keys", () => {
  test("the customer, in whose lists they then are", async () => {
    const { customerId, context } = await aPerson();
    valueOf(await createValidatedKey(context, customerId, { name: "Contabilità", rules: RULES }));
    const listed = valueOf(await listApiKeys(context, customerId));
    expect(listed.applications).toMatchObject([{ name: "Contabilità" }]);
    expect(listed.credentials).toMatchObject([{ state: "validated", rules: RULES, expiresAt: null }]);
    const id = String(listed.credentials[0]?.credentialId);
    expect(codeOf(await revokeCredential(context, customerId, id))).toBe("ok");
    expect(codeOf(await revokeCredential(context, customerId, id))).toBe("not_found");
  });

  test("nobody else: not another customer, not support, not a program of the customer's own", async () => {
    const { customerId, context } = await aPerson();
    const made = valueOf(await createValidatedKey(context, customerId, { name: "Contabilità" }));
    const [key] = valueOf(await listApiKeys(context, customerId)).credentials;
    const stranger = (await aPerson()).context;
    const program = contextOf({ kind: "api_client", customerId, consumerKeyId: "1" });
    for (const [who, expected] of [
      [stranger, "not_found"],
      [support(), "not_allowed"],
      [program, "not_allowed"],
    ] as const) {
      const tried = [
        createApplication(who, customerId, { name: "x" }),
        createValidatedKey(who, customerId, { name: "x" }),
        deleteApplication(who, customerId, made.applicationKey),
        revokeCredential(who, customerId, String(key?.credentialId)),
      ];
      expect((await Promise.all(tried)).map(codeOf)).toEqual(tried.map(() => expected));
    }
    expect(codeOf(await listApiKeys(stranger, customerId))).toBe("not_found");
    // By its own customer's name, a stranger's key and application are none either.
    const own = stranger.caller.kind === "customer" ? stranger.caller.customerId : "";
    expect(codeOf(await revokeCredential(stranger, own, String(key?.credentialId)))).toBe("not_found");
    expect(codeOf(await deleteApplication(stranger, own, made.applicationKey))).toBe("not_found");
    const signer = await findSigner(context, made.applicationKey, made.consumerKey);
    expect(signer.credential?.state).toBe("validated");
  });
});

describe("a request for a key", () => {
  test("does nothing until a customer allows it, then as long as was chosen, to the instant", async () => {
    const { validationToken, stateOf, maker } = await aRequest("https://shop.example/fine");
    expect(await stateOf()).toBe("pending");
    const { context, customerId } = await aPerson();
    expect(valueOf(await getCredentialRequest(context, validationToken))).toMatchObject({ rules: RULES });
    const decided = valueOf(await decideCredentialRequest(context, validationToken, ALLOW));
    expect(decided).toEqual({ redirection: "https://shop.example/fine", state: "validated" });
    expect(await stateOf()).toBe("validated");
    expect(await stateOf(later(context, 30 * DAY_MS - 5000))).toBe("validated");
    expect(await stateOf(later(context, 30 * DAY_MS))).toBe("expired");
    // It is the key of who allowed it, not of who made the application.
    expect(valueOf(await listApiKeys(context, customerId)).credentials).toHaveLength(1);
    expect(valueOf(await listApiKeys(maker.context, maker.customerId)).credentials).toHaveLength(0);
  });

  test("is decided once, by one of those who try at the same time", async () => {
    const { validationToken, stateOf } = await aRequest();
    const people = await Promise.all([1, 2, 3, 4].map(() => aPerson()));
    const decisions = [ALLOW, { decision: "refuse" }, ALLOW, { decision: "refuse" }];
    const tried = people.map(({ context }, index) =>
      decideCredentialRequest(context, validationToken, decisions[index]),
    );
    const codes = (await Promise.all(tried)).map(codeOf).sort();
    expect(codes).toEqual(["conflict", "conflict", "conflict", "ok"]);
    expect(["validated", "refused"]).toContain(await stateOf());
  });

  test("that was refused, or waited for more than a day, can no longer be allowed", async () => {
    const refused = await aRequest();
    const { context } = await aPerson();
    valueOf(await decideCredentialRequest(context, refused.validationToken, { decision: "refuse" }));
    expect(codeOf(await decideCredentialRequest(context, refused.validationToken, ALLOW))).toBe("conflict");
    expect(await refused.stateOf()).toBe("refused");
    const old = await aRequest();
    const tomorrow = later(context, DAY_MS);
    expect(codeOf(await decideCredentialRequest(tomorrow, old.validationToken, ALLOW))).toBe("conflict");
    expect(await old.stateOf(tomorrow)).toBe("expired");
  });

  test("is nobody's to decide who is no customer, and is not shown to others once it is decided", async () => {
    const { validationToken } = await aRequest();
    expect(codeOf(await decideCredentialRequest(support(), validationToken, ALLOW))).toBe("not_allowed");
    expect(codeOf(await getCredentialRequest(support(), validationToken))).toBe("not_allowed");
    const { context } = await aPerson();
    valueOf(await decideCredentialRequest(context, validationToken, ALLOW));
    const { context: other } = await aPerson();
    expect(codeOf(await getCredentialRequest(other, validationToken))).toBe("not_found");
    expect(codeOf(await getCredentialRequest(context, "nothing"))).toBe("not_found");
  });

  test("takes rules and an address to come back to, and no other kind of address", async () => {
    const { applicationKey, maker } = await aRequest();
    for (const wrong of [
      { rules: [], redirection: null },
      { rules: [{ method: "HEAD", path: "/sms" }], redirection: null },
      ...["javascript:alert(1)", "http://shop.example/", "data:text/html,x", "https://u:p@shop.example/"].map(
        (redirection) => ({ rules: RULES, redirection }),
      ),
    ]) {
      const asked = await requestCredential(maker.context, applicationKey, wrong);
      expect(codeOf(asked), JSON.stringify(wrong)).toBe("invalid_input");
    }
  });
});

test("an application that is deleted takes its keys with it, also those of other customers", async () => {
  const { applicationKey, validationToken, consumerKey, maker } = await aRequest();
  const { context, customerId } = await aPerson();
  valueOf(await decideCredentialRequest(context, validationToken, ALLOW));
  valueOf(await deleteApplication(maker.context, maker.customerId, applicationKey));
  expect(await findSigner(context, applicationKey, consumerKey)).toEqual({
    application: null,
    credential: null,
  });
  expect(valueOf(await listApiKeys(context, customerId)).credentials).toMatchObject([{ state: "revoked" }]);
});

test("the tables hold nothing that signs: no secret, consumer key or token stands in them as it is", async () => {
  const { applicationSecret, consumerKey, validationToken } = await aRequest();
  const { sql } = database.owner;
  const rows = await sql`select to_jsonb(a)::text as row from api_applications a
    union all select to_jsonb(c)::text from api_credentials c`;
  const text = rows.map((each) => String(each["row"])).join("\n");
  for (const secret of [applicationSecret, consumerKey, validationToken]) expect(text).not.toContain(secret);
});
