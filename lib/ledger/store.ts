import "server-only";
import { is } from "drizzle-orm";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { AccountKey } from "@/lib/accounts/rules";
import { creditsOf } from "@/lib/credits";
import type { Database, Sql } from "@/db/client";
import type { RecordedEntry } from "./posting-rules";
import { type AccountState, type LedgerEntry, type EntryKind, sequenceOf } from "./rules";

/** What a statement may be given. Integers of eight bytes go as text, with a cast in the statement. */
export type Parameter = string | number | boolean | null | readonly (string | null)[];

function isPostgresJs(session: unknown): session is { readonly client: Sql } {
  return is(session, PostgresJsSession);
}

/** Runs a statement that is prepared once on each connection, on the pool or in the open transaction. */
export function run<Row extends object>(
  db: Database,
  text: string,
  parameters: readonly Parameter[],
): Promise<Row[]> {
  const session: unknown = db._.session;
  if (!isPostgresJs(session)) throw new TypeError("the ledger speaks to PostgreSQL through postgres.js only");
  return session.client.unsafe<Row[]>(
    text,
    parameters.map((value) => (typeof value === "object" && value !== null ? arrayLiteral(value) : value)),
    { prepare: true },
  );
}

/** As PostgreSQL reads an array of any type. The driver would first have to learn the type on each connection. */
function arrayLiteral(values: readonly (string | null)[]): string {
  const items = values.map((value) => (value === null ? "null" : `"${value.replace(/["\\]/g, "\\$&")}"`));
  return `{${items.join(",")}}`;
}

/** Of a timestamptz: milliseconds since 1970, so that no setting of the session changes how it reads. */
export const millisecondsOf = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

type StateRow = {
  readonly service_name: string;
  readonly balance: bigint;
  readonly sequence: bigint;
  readonly threshold: bigint | null;
  readonly crossings: number;
  readonly has_open_crossing: boolean;
  readonly version: bigint;
  readonly last_posted_ms: number;
};

const READ_STATES = `
  select service_name, balance, sequence, threshold, crossings, has_open_crossing, version,
    ${millisecondsOf("last_posted_at")} as last_posted_ms
  from ledger_accounts
  where customer_id = $1 and service_name = any($2::text[])
  order by service_name`;

const LOCK_STATES = `${READ_STATES} for no key update`;

/** Reads accounts of one customer, by service name. Locked, always in the order of the name, they stay so until the commit. */
export async function readStates(
  db: Database,
  customerId: string,
  serviceNames: readonly string[],
  mode: "read" | "lock",
): Promise<Map<string, AccountState>> {
  const rows = await run<StateRow>(db, mode === "lock" ? LOCK_STATES : READ_STATES, [
    customerId,
    serviceNames,
  ]);
  return new Map(rows.map((row) => [row.service_name, stateOf(customerId, row)]));
}

function stateOf(customerId: string, row: StateRow): AccountState {
  return {
    account: { customerId, serviceName: row.service_name },
    balance: creditsOf(row.balance),
    sequence: sequenceOf(row.sequence),
    threshold: row.threshold === null ? null : creditsOf(row.threshold),
    crossings: row.crossings,
    hasOpenCrossing: row.has_open_crossing,
    version: row.version,
    lastPostedAt: new Date(row.last_posted_ms),
  };
}

export type EntryRow = {
  readonly service_name: string;
  readonly sequence: bigint;
  readonly kind: EntryKind;
  readonly amount: bigint;
  readonly balance_before: bigint;
  readonly balance_after: bigint;
  readonly idempotency_key: string;
  readonly request_hash: string;
  readonly peer_service_name: string | null;
  readonly reason: string | null;
  readonly posted_ms: number;
};

export const ENTRY_COLUMNS = `m.service_name, m.sequence, m.kind, m.amount, m.balance_before, m.balance_after,
  m.idempotency_key, m.request_hash, m.peer_service_name, m.reason, ${millisecondsOf("m.posted_at")} as posted_ms`;

export function entryOf(customerId: string, row: EntryRow): LedgerEntry {
  return {
    account: { customerId, serviceName: row.service_name },
    sequence: sequenceOf(row.sequence),
    kind: row.kind,
    amount: creditsOf(row.amount),
    balanceBefore: creditsOf(row.balance_before),
    balanceAfter: creditsOf(row.balance_after),
    idempotencyKey: row.idempotency_key,
    requestHash: row.request_hash,
    peerServiceName: row.peer_service_name,
    reason: row.reason,
    postedAt: new Date(row.posted_ms),
  };
}

const READ_RECORDED = `
  select ${ENTRY_COLUMNS},
    (select min(c.crossing) from crossings c
     where c.customer_id = m.customer_id and c.service_name = m.service_name and c.sequence = m.sequence) as crossing
  from entries m
  where m.customer_id = $1 and m.idempotency_key = any($2::text[])`;

/** What was posted before under these idempotency keys of a customer. */
export async function readRecorded(
  db: Database,
  customerId: string,
  idempotencyKeys: readonly string[],
): Promise<Map<string, RecordedEntry>> {
  type Row = EntryRow & { readonly crossing: number | null };
  const rows = await run<Row>(db, READ_RECORDED, [customerId, idempotencyKeys]);
  return new Map(
    rows.map((row) => [row.idempotency_key, { entry: entryOf(customerId, row), crossing: row.crossing }]),
  );
}

const OPEN_ACCOUNT = `
  insert into ledger_accounts (customer_id, service_name) values ($1, $2) on conflict do nothing`;

/** Makes the account at zero, unless it is there. */
export async function insertLedgerAccount(db: Database, key: AccountKey): Promise<void> {
  await run(db, OPEN_ACCOUNT, [key.customerId, key.serviceName]);
}
