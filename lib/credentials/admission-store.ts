import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { apiAnswers, apiBudgets, apiCredentials, apiSignatures } from "@/db/schema/credentials";
import type { Lease } from "@/lib/leases/rules";
import { deleteHeldRow, insertOrTakeRow, writeHeldRow } from "@/lib/leases/store";
import { MILLISECONDS_PER_GAIN, ONE_CALL, type Budget } from "./budget-rules";

/** Calls that are asked of one bucket together. */
export type CallsTaken = { readonly subject: string; readonly calls: number };

/**
 * Takes calls out of buckets of one size, out of each all that are asked or none when fewer are in it. One statement, so
 * that servers that share the database share the buckets. A bucket that was never used is full.
 */
function takeStatement(callsPerMinute: number, asked: readonly CallsTaken[], now: Date) {
  // Of the settings, and the same in each statement: written into it, so that it is prepared with them.
  const perMinute = sql.raw(`${callsPerMinute.toString()}::int8`);
  const oneCall = sql.raw(`${ONE_CALL.toString()}::int8`);
  const capacity = sql`${perMinute} * ${oneCall}`;
  const filled = sql`least(${capacity}, b.left_thousandths
    + greatest(0, floor(extract(epoch from excluded.updated_at - b.updated_at) * 1000)::int8)
      * ${perMinute} / ${sql.raw(MILLISECONDS_PER_GAIN.toString())})`;
  // A row that is there already learns what is asked from what a full bucket would hold afterwards.
  const price = sql`(${capacity} - excluded.left_thousandths)`;
  const isRefused = sql`(excluded.was_refused or ${filled} < ${price})`;
  // In the order of their names, so that two servers never wait for each other.
  return sql`insert into ${apiBudgets} as b (subject, left_thousandths, was_refused, updated_at)
    select a.subject,
      case when a.calls <= ${perMinute} then ${capacity} - a.calls * ${oneCall} else ${capacity} end,
      a.calls > ${perMinute}, ${now.toISOString()}::timestamptz
    from unnest(${sql.param(asked.map(({ subject }) => subject))}::text[],
      ${sql.param(asked.map(({ calls }) => calls))}::int[]) as a (subject, calls)
    order by a.subject
    on conflict (subject) do update set
      left_thousandths = case when ${isRefused} then ${filled} else ${filled} - ${price} end,
      was_refused = ${isRefused},
      updated_at = greatest(b.updated_at, excluded.updated_at)
    returning subject, left_thousandths as left, was_refused as refused`;
}

const Taken = z.object({ subject: z.string(), left: z.coerce.bigint(), refused: z.boolean() });
export type Taken = Pick<z.infer<typeof Taken>, "left" | "refused">;

/** What became of each bucket, by its subject. */
export async function takeCalls(
  db: Database,
  callsPerMinute: number,
  asked: readonly CallsTaken[],
  now: Date,
): Promise<ReadonlyMap<string, Taken>> {
  const rows = await db.execute(takeStatement(callsPerMinute, asked, now));
  return new Map(rows.map((row) => Taken.parse(row)).map((taken) => [taken.subject, taken]));
}

const Admitted = Taken.omit({ subject: true }).extend({ fresh: z.boolean() });

/**
 * Records that a signature was used and takes the call out of the key's bucket. `fresh` is false for a signature that was
 * used before.
 */
export async function admit(
  db: Database,
  credentialId: bigint,
  signature: string,
  budget: Budget,
  now: Date,
): Promise<z.infer<typeof Admitted>> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute(sql`
    with used as (
      insert into ${apiSignatures} (credential_id, signature, used_at)
      values (${credentialId}::int8, ${signature}, ${at})
      on conflict do nothing returning 1
    ), taken as (${takeStatement(budget.callsPerMinute, [{ subject: budget.subject, calls: 1 }], now)})
    select exists (select from used) as fresh, taken."left" as left, taken.refused from taken`);
  return Admitted.parse(row);
}

/** Remembers when a key was last used, to the minute. */
export async function writeLastUsed(db: Database, credentialId: bigint, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await db.execute(sql`update ${apiCredentials} set last_used_at = ${at}
    where credential_id = ${credentialId}::int8
      and (last_used_at is null or last_used_at < ${at} - interval '1 minute')`);
}

const Answer = z.object({
  request_hash: z.string(),
  status: z.number().nullable(),
  body: z.string().nullable(),
});
export type StoredAnswer = z.infer<typeof Answer>;

const isUnanswered = (customerId: string, idempotencyKey: string) =>
  and(
    eq(apiAnswers.customerId, customerId),
    eq(apiAnswers.idempotencyKey, idempotencyKey),
    isNull(apiAnswers.status),
  );

/**
 * Claims the work on a key: a new one, or one whose owner let its lease run out. Returns null when it is the caller's,
 * else what is known of it.
 */
export async function claimAnswer(
  db: Database,
  claim: { customerId: string; idempotencyKey: string; requestHash: string },
  now: Date,
  held: Lease,
): Promise<StoredAnswer | null> {
  const { customerId, idempotencyKey, requestHash } = claim;
  const isSame = and(isUnanswered(customerId, idempotencyKey), eq(apiAnswers.requestHash, requestHash));
  const key = [apiAnswers.customerId, apiAnswers.idempotencyKey];
  const values = { ...claim, startedAt: now };
  if (await insertOrTakeRow(db, apiAnswers, key, values, isSame, now, held)) return null;
  return readAnswer(db, customerId, idempotencyKey);
}

/** What is known of a key. A row that was swept away between two looks reads as work in progress. */
export async function readAnswer(
  db: Database,
  customerId: string,
  idempotencyKey: string,
): Promise<StoredAnswer> {
  const [row] = await db.execute(sql`select request_hash, status, body from ${apiAnswers}
    where customer_id = ${customerId} and idempotency_key = ${idempotencyKey}`);
  return row === undefined ? { request_hash: "", status: null, body: null } : Answer.parse(row);
}

/** Returns false, and writes nothing, if the lease has gone to another call. */
export async function writeAnswer(
  db: Database,
  customerId: string,
  idempotencyKey: string,
  lease: string,
  answer: { status: number; body: string },
): Promise<boolean> {
  const row = isUnanswered(customerId, idempotencyKey);
  return (await writeHeldRow(db, apiAnswers, row, lease, answer, null)) !== null;
}

/** Gives up a claim, so that the next call with the key does the work. */
export async function dropClaim(
  db: Database,
  customerId: string,
  idempotencyKey: string,
  lease: string,
): Promise<void> {
  await deleteHeldRow(db, apiAnswers, isUnanswered(customerId, idempotencyKey), lease);
}

/** Deletes what has no more use, by the age of each kind. */
export async function sweep(
  db: Database,
  before: { signatures: Date; answers: Date; budgets: Date; requests: Date },
): Promise<void> {
  const at = (date: Date) => sql`${date.toISOString()}::timestamptz`;
  await db.execute(sql`delete from ${apiSignatures} where used_at < ${at(before.signatures)}`);
  await db.execute(sql`delete from ${apiAnswers} where started_at < ${at(before.answers)}`);
  await db.execute(sql`delete from ${apiBudgets} where updated_at < ${at(before.budgets)}`);
  await db.execute(sql`delete from ${apiCredentials}
    where state = 'pending' and expires_at < ${at(before.requests)}`);
}
