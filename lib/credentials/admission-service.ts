import "server-only";
import type { Database } from "@/db/client";
import type { Context } from "@/lib/context";
import { type Lease, newLease } from "@/lib/leases/rules";
import {
  admit,
  claimAnswer,
  dropClaim,
  readAnswer,
  sweep,
  type Taken,
  takeCalls,
  writeAnswer,
  writeLastUsed,
} from "./admission-store";
import { batched } from "./batched";
import { retryAfterSeconds, type Budget } from "./budget-rules";
import { stateAt, type AccessRule, type CredentialState } from "./rules";
import { hashOf, seal, unseal } from "./seal";
import { sealingKey } from "./sealing-key";
import { readApplications, readCredentialsByHash } from "./store";

/** Who signs with these two keys. Parts that do not exist are null; the caller says so in its own words. */
export type Signer = {
  readonly application: {
    readonly applicationKey: string;
    /** Who made it. */
    readonly customerId: string;
    readonly secret: string;
  } | null;
  readonly credential: KnownCredential | null;
};

export type KnownCredential = {
  readonly credentialId: bigint;
  readonly applicationId: bigint;
  /** Null until a customer has decided. */
  readonly customerId: string | null;
  readonly state: CredentialState;
  readonly rules: readonly AccessRule[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

type Clocked = Pick<Context, "db" | "now">;

/** Looks up an application and one of its keys. Decides nothing: whether the signature is right, the route adapter asks. */
export async function findSigner(
  { db, now }: Clocked,
  applicationKey: string,
  consumerKey: string | null,
): Promise<Signer> {
  const asked = { applicationKey, consumerKeyHash: consumerKey === null ? null : hashOf(consumerKey) };
  const { application, row } = await readSigner(db, asked);
  if (application === null) return { application: null, credential: null };
  return {
    application: {
      applicationKey,
      customerId: application.customerId,
      secret: unseal(application.sealedSecret, applicationKey, sealingKey()),
    },
    credential: row === null ? null : { ...row, state: stateAt(row.state, row.expiresAt, now()) },
  };
}

/** Read anew for each call, so that what was revoked signs nothing any longer, and once for all who call at one time. */
const readSigner = batched(
  async (db: Database, asked: readonly { applicationKey: string; consumerKeyHash: string | null }[]) => {
    const applicationKeys = new Set(asked.map(({ applicationKey }) => applicationKey));
    const hashes = new Set(asked.flatMap(({ consumerKeyHash }) => consumerKeyHash ?? []));
    const [applications, credentials] = await Promise.all([
      readApplications(db, [...applicationKeys]),
      readCredentialsByHash(db, [...hashes]),
    ]);
    return asked.map(({ applicationKey, consumerKeyHash }) => {
      const row = consumerKeyHash === null ? undefined : credentials.get(consumerKeyHash);
      return {
        application: applications.get(applicationKey) ?? null,
        // A key is its own application's alone.
        row: row?.applicationKey === applicationKey ? row : null,
      };
    });
  },
);

export type Admission =
  | { readonly kind: "admitted" }
  | { readonly kind: "repeated" }
  | { readonly kind: "too_many"; readonly retryAfterSeconds: number };

/**
 * Lets a signed call in, as far as the key's calls reach. The signature of a write is let in once; a read may repeat,
 * since it changes nothing.
 */
export async function admitSignature(
  { db, now }: Clocked,
  { credentialId, lastUsedAt }: KnownCredential,
  { signature, isRead }: { signature: string; isRead: boolean },
  callsPerMinute: number,
): Promise<Admission> {
  const at = now();
  const budget: Budget = { subject: `key:${credentialId.toString()}`, callsPerMinute };
  const isLongAgo = lastUsedAt === null || at.getTime() - lastUsedAt.getTime() >= MINUTE_MS;
  const [admitted] = await Promise.all([
    isRead ? takeCall(db, { ...budget, at }) : admit(db, credentialId, signature, budget, at),
    isLongAgo ? writeLastUsed(db, credentialId, at) : null,
  ]);
  return "fresh" in admitted && !admitted.fresh ? { kind: "repeated" } : admissionOf(budget, admitted);
}

/** Counts a call of an address or a session, whoever makes it. */
export async function admitCallFrom(
  { db, now }: Clocked,
  subject: `address:${string}` | `user:${string}` | `api-user:${string}`,
  callsPerMinute: number,
): Promise<Admission> {
  const budget: Budget = { subject, callsPerMinute };
  return admissionOf(budget, await takeCall(db, { ...budget, at: now() }));
}

function admissionOf(budget: Budget, { left, refused }: Taken): Admission {
  return refused
    ? { kind: "too_many", retryAfterSeconds: retryAfterSeconds(budget, left) }
    : { kind: "admitted" };
}

/**
 * Takes one call out of a bucket, or nothing when less than one is in it. Calls that come together are counted together;
 * where a bucket has not enough for all of them, each is counted by itself, in the order in which they came.
 */
const takeCall = batched(
  async (db: Database, asked: readonly (Budget & { readonly at: Date })[]): Promise<Taken[]> => {
    const [{ callsPerMinute, at } = unasked()] = asked;
    const calls = new Map<string, number>();
    for (const { subject } of asked) calls.set(subject, (calls.get(subject) ?? 0) + 1);
    const together = [...calls].map(([subject, count]) => ({ subject, calls: count }));
    const taken = await takeCalls(db, callsPerMinute, together, at);
    const answers: Taken[] = [];
    for (const { subject, at: itsTime } of asked) {
      const all = taken.get(subject) ?? unasked();
      const isAlone = !all.refused || calls.get(subject) === 1;
      const single = isAlone ? null : await takeCalls(db, callsPerMinute, [{ subject, calls: 1 }], itsTime);
      answers.push(single?.get(subject) ?? all);
    }
    return answers;
  },
  // A statement is of buckets of one size.
  ({ callsPerMinute }) => callsPerMinute.toString(),
);

function unasked(): never {
  throw new Error("a bucket that was not asked for");
}

/** An answer as it is kept and given again. `keep` false: the next call with the key does the work anew. */
export type KeptAnswer = { readonly status: number; readonly body: string; readonly keep?: boolean };

const LEASE_MS = 30_000;
const POLL_EVERY_MS = 50;

/** A write that names an Idempotency-Key. */
export type KeyedRequest = {
  readonly customerId: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  /** The answer holds a consumer key, which is nowhere kept readable: it is enciphered as an application's secret is. */
  readonly holdsSecret: boolean;
  /** The work and the keeping of its answer are one transaction: neither is there without the other. */
  readonly isOneTransaction?: boolean;
};

/**
 * Does the work of a write that names an Idempotency-Key, once for each customer and key. Calls that come while it
 * runs wait for its answer. If its process dies after the work and before the answer is kept, the work is done again
 * once the lease is over: what it writes must be unique by the key too, so that it finds itself done, or it must be
 * one transaction with its answer.
 */
export async function answerOnce(
  { db, now }: Clocked,
  request: KeyedRequest,
  work: (db: Database) => Promise<KeptAnswer>,
): Promise<{ kind: "answer"; answer: KeptAnswer } | { kind: "other_request" } | { kind: "busy" }> {
  const { customerId, idempotencyKey, requestHash, holdsSecret } = request;
  const until = now().getTime() + LEASE_MS;
  for (;;) {
    const held = newLease(now(), LEASE_MS);
    let known = await claimAnswer(db, { customerId, idempotencyKey, requestHash }, now(), held);
    if (known === null) {
      const answer = await workAndKeep(db, request, held, work);
      if (answer !== null) return { kind: "answer", answer };
      known = await readAnswer(db, customerId, idempotencyKey);
    }
    while (known.request_hash === requestHash && known.status === null && now().getTime() < until) {
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
      known = await readAnswer(db, customerId, idempotencyKey);
    }
    if (known.request_hash === "") {
      // Gone between two looks: its owner gave up, so the claim is tried again.
      if (now().getTime() < until) continue;
      return { kind: "busy" };
    }
    if (known.request_hash !== requestHash) return { kind: "other_request" };
    if (known.status === null || known.body === null) return { kind: "busy" };
    const body = holdsSecret ? unseal(known.body, ownerOf(request), sealingKey()) : known.body;
    return { kind: "answer", answer: { status: known.status, body } };
  }
}

/**
 * Does the work and keeps its answer. Null if the lease ran out meanwhile and another call has taken over: then that
 * one's answer counts, and what is one transaction with an answer of ours is undone.
 */
async function workAndKeep(
  db: Database,
  request: KeyedRequest,
  { lease }: Lease,
  work: (db: Database) => Promise<KeptAnswer>,
): Promise<KeptAnswer | null> {
  const { customerId, idempotencyKey, holdsSecret } = request;
  const workIn = async (tx: Database): Promise<KeptAnswer> => {
    const answer = await work(tx);
    if (answer.keep === false) return answer;
    const body = holdsSecret ? seal(answer.body, ownerOf(request), sealingKey()) : answer.body;
    const kept = { status: answer.status, body };
    if (!(await writeAnswer(tx, customerId, idempotencyKey, lease, kept))) throw new LeaseLost();
    return answer;
  };
  try {
    const answer = request.isOneTransaction === true ? await db.transaction(workIn) : await workIn(db);
    if (answer.keep === false) await dropClaim(db, customerId, idempotencyKey, lease);
    return answer;
  } catch (error) {
    if (error instanceof LeaseLost) return null;
    // A database that is away cannot be told either; then the lease ends by itself.
    await dropClaim(db, customerId, idempotencyKey, lease).catch(() => undefined);
    throw error;
  }
}

class LeaseLost extends Error {}

const ownerOf = ({ customerId, idempotencyKey }: KeyedRequest): string => `${customerId} ${idempotencyKey}`;

const MINUTE_MS = 60_000;
const KEPT_ANSWERS_MS = 48 * 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
let sweptAt = 0;

/**
 * Deletes what is past its use, at most once a minute in each process: signatures whose time is over, answers after
 * two days, buckets that are full again, requests that nobody decided about.
 */
export async function sweepAdmissions({ db, now }: Clocked, skewSeconds: number): Promise<void> {
  const at = now().getTime();
  if (at - sweptAt < MINUTE_MS) return;
  sweptAt = at;
  await sweep(db, {
    signatures: new Date(at - skewSeconds * 2000 - MINUTE_MS),
    answers: new Date(at - KEPT_ANSWERS_MS),
    budgets: new Date(at - DAY_MS),
    requests: new Date(at - DAY_MS),
  });
}
