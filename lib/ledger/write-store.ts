import "server-only";
import type { Database } from "@/db/client";
import type { Attached } from "./attachment-rules";
import { attachedParameters, insertAttached } from "./attachment-store";
import type { AccountChange, Crossing, LedgerEntry } from "./rules";
import { type Parameter, run } from "./store";
import { WAKE_CHANNEL } from "./threshold-rules";

/**
 * Writes changes of accounts of one customer in one statement: each account that still has the version its change
 * was decided on gets its new state, its entries, its crossings and what is attached to them; the others are left alone.
 * Answers the names of those that were written. The rows are locked in the order of the name, so that two writers
 * wait for one another and never in a circle.
 */
export async function writeChanges(
  db: Database,
  changes: readonly AccountChange[],
  attached: readonly Attached[],
): Promise<Set<string>> {
  const [first] = changes;
  if (first === undefined) return new Set();
  const rows = await run<{ service_name: string }>(db, ...statementFor(first, changes, attached));
  return new Set(rows.map((row) => row.service_name));
}

function statementFor(
  first: AccountChange,
  changes: readonly AccountChange[],
  attached: readonly Attached[],
): [text: string, parameters: readonly Parameter[]] {
  const isOne = changes.length === 1;
  const parts = [isOne ? ONE_ACCOUNT : MANY_ACCOUNTS];
  const parameters: Parameter[] = [first.before.account.customerId];
  parameters.push(...(isOne ? stateParameters(first) : statesParameters(changes)));
  const entries = changes.flatMap((change) => change.entries);
  const [entry] = entries;
  if (isOne && entry !== undefined && entries.length === 1) {
    parts.push(ONE_ENTRY);
    parameters.push(...entryParameters(entry));
  } else if (entries.length > 0) {
    parts.push(ENTRIES);
    parameters.push(...entriesParameters(entries));
  }
  const opens = changes.some((change) => change.opened.length > 0);
  if (opens) {
    parts.push(opened(parameters.length + 1));
    parameters.push(...crossingParameters(changes));
  }
  for (const [table, lists] of attachedParameters(attached)) {
    parts.push(insertAttached(table, parameters.length + 1));
    parameters.push(...lists);
  }
  return [`with ${parts.join(",")} ${opens ? AND_TELL : ANSWER}`, parameters];
}

const CLOSE_CROSSINGS = `
  update crossings c set closed_at = greatest(c.opened_at, a.closed_at)
  from unnest($2::text[], $3::int[], $4::timestamptz[]) as a (service_name, crossing, closed_at)
  where c.customer_id = $1 and c.service_name = a.service_name and c.crossing = a.crossing and c.closed_at is null`;

/** Closes the crossings that changes close. To be called before `writeChanges`, in the same transaction. */
export async function closeCrossings(db: Database, changes: readonly AccountChange[]): Promise<void> {
  const closed = changes.flatMap(({ before, closed }) =>
    closed === null ? [] : [{ ...before.account, ...closed }],
  );
  const [first] = closed;
  if (first === undefined) return;
  await run(db, CLOSE_CROSSINGS, [
    first.customerId,
    closed.map((row) => row.serviceName),
    closed.map((row) => row.crossing.toString()),
    closed.map((row) => row.at.toISOString()),
  ]);
}

const ONE_ACCOUNT = `
  swapped as (
    update ledger_accounts
    set balance = $4::bigint, sequence = $5::bigint, threshold = $6::bigint, crossings = $7::int,
      has_open_crossing = $8::boolean, last_posted_at = $9::timestamptz, version = version + 1
    where customer_id = $1 and service_name = $2 and version = $3::bigint
    returning service_name
  )`;

const MANY_ACCOUNTS = `
  asked as materialized (
    select * from unnest(
      $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::int[], $8::boolean[], $9::timestamptz[]
    ) as a (service_name, version, balance, sequence, threshold, crossings, has_open_crossing, last_posted_at)
  ),
  locked as materialized (
    select service_name, version from ledger_accounts
    where customer_id = $1 and service_name = any($2::text[])
    order by service_name for no key update
  ),
  swapped as (
    update ledger_accounts l
    set balance = a.balance, sequence = a.sequence, threshold = a.threshold, crossings = a.crossings,
      has_open_crossing = a.has_open_crossing, last_posted_at = a.last_posted_at, version = l.version + 1
    from locked k join asked a using (service_name, version)
    where l.customer_id = $1 and l.service_name = a.service_name and l.version = a.version
    returning l.service_name
  )`;

const INSERT_ENTRIES = `insert into entries (customer_id, service_name, sequence, kind, counter, amount,
      balance_before, balance_after, idempotency_key, request_hash, peer_service_name, reason, posted_at)`;

/** Where the credits of an entry of this kind come from or go. */
const counterOf = (kind: string): string => `case ${kind} when 'message' then 'spent'
        when 'correction' then 'corrected' when 'recharge' then 'bought' when 'purchase' then 'bought'
        else 'available' end`;

// The only entry of its account ends where the account then stands, so that no lists have to be joined, which would
// cost PostgreSQL an eighth more.
const ONE_ENTRY = `
  written as (
    ${INSERT_ENTRIES}
    select $1, $2, $5::bigint, $10, ${counterOf("$10::text")}, $11::bigint, $4::bigint - $11::bigint, $4::bigint,
      $12, $13, $14, $15, $9::timestamptz
    from swapped
  )`;

const ENTRIES = `
  written as (
    ${INSERT_ENTRIES}
    select $1, m.service_name, m.sequence, m.kind, ${counterOf("m.kind")}, m.amount,
      m.balance_after - m.amount, m.balance_after, m.idempotency_key, m.request_hash, m.peer_service_name, m.reason, m.posted_at
    from swapped join unnest(
      $10::text[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::text[], $16::text[], $17::text[],
      $18::text[], $19::timestamptz[]
    ) as m (service_name, sequence, kind, amount, balance_after, idempotency_key, request_hash, peer_service_name, reason,
      posted_at) using (service_name)
  )`;

const CROSSING_TYPES = ["text", "int", "bigint", "bigint", "bigint", "timestamptz", "timestamptz"];

// Telling the listeners makes commits wait for one another, so that it happens only where a crossing opens.
const opened = (position: number): string => `
  opened as (
    insert into crossings (customer_id, service_name, crossing, sequence, balance, threshold, opened_at, closed_at)
    select $1, c.service_name, c.crossing, c.sequence, c.balance, c.threshold, c.opened_at, c.closed_at
    from swapped join unnest(
      ${CROSSING_TYPES.map((type, index) => `$${(position + index).toString()}::${type}[]`).join(", ")}
    ) as c (service_name, crossing, sequence, balance, threshold, opened_at, closed_at) using (service_name)
    returning 1
  ),
  told as materialized (select pg_notify('${WAKE_CHANNEL}', '') from (select from opened limit 1) as one)`;

const ANSWER = "select service_name from swapped";
const AND_TELL = `${ANSWER} where (select count(*) from told) >= 0`;

const textOf = (value: bigint | null): string | null => (value === null ? null : value.toString());

function stateParameters({ before, after }: AccountChange) {
  return [
    before.account.serviceName,
    before.version.toString(),
    after.balance.toString(),
    after.sequence.toString(),
    textOf(after.threshold),
    after.crossings,
    after.hasOpenCrossing,
    after.lastPostedAt.toISOString(),
  ] as const;
}

function statesParameters(changes: readonly AccountChange[]) {
  return [
    changes.map(({ before }) => before.account.serviceName),
    changes.map(({ before }) => before.version.toString()),
    changes.map(({ after }) => after.balance.toString()),
    changes.map(({ after }) => after.sequence.toString()),
    changes.map(({ after }) => textOf(after.threshold)),
    changes.map(({ after }) => after.crossings.toString()),
    changes.map(({ after }) => (after.hasOpenCrossing ? "t" : "f")),
    changes.map(({ after }) => after.lastPostedAt.toISOString()),
  ] as const;
}

function entryParameters({ kind, amount, ...entry }: LedgerEntry) {
  const { idempotencyKey, requestHash, peerServiceName, reason } = entry;
  return [kind, amount.toString(), idempotencyKey, requestHash, peerServiceName, reason] as const;
}

function entriesParameters(entries: readonly LedgerEntry[]) {
  return [
    entries.map((entry) => entry.account.serviceName),
    entries.map((entry) => entry.sequence.toString()),
    entries.map((entry) => entry.kind),
    entries.map((entry) => entry.amount.toString()),
    entries.map((entry) => entry.balanceAfter.toString()),
    entries.map((entry) => entry.idempotencyKey),
    entries.map((entry) => entry.requestHash),
    entries.map((entry) => entry.peerServiceName),
    entries.map((entry) => entry.reason),
    entries.map((entry) => entry.postedAt.toISOString()),
  ] as const;
}

function crossingParameters(changes: readonly AccountChange[]) {
  const opened = changes.flatMap((change) =>
    change.opened.map((crossing, index) => ({
      crossing,
      serviceName: change.before.account.serviceName,
      closedAt: closedAt(change, crossing, index),
    })),
  );
  return [
    opened.map((row) => row.serviceName),
    opened.map((row) => row.crossing.crossing.toString()),
    opened.map((row) => row.crossing.sequence.toString()),
    opened.map((row) => row.crossing.balance.toString()),
    opened.map((row) => row.crossing.threshold.toString()),
    opened.map((row) => row.crossing.openedAt.toISOString()),
    opened.map((row) => row.closedAt),
  ] as const;
}

/** Null for the crossing that stays open. One that opened and closed in the same transaction closed when it opened. */
function closedAt(change: AccountChange, crossing: Crossing, index: number): string | null {
  const isLast = index === change.opened.length - 1;
  return isLast && change.after.hasOpenCrossing ? null : crossing.openedAt.toISOString();
}
