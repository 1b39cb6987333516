import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { smsAccounts } from "./accounts";
import { customerId, instant, int8, serviceName } from "./columns";

/**
 * The `available` account of an SMS account: the one row whose balance moves. `version` grows with every change of
 * the row, so that a writer can say "if nothing happened since I looked".
 */
export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    balance: int8("balance")
      .notNull()
      .default(sql`0`),
    /** Of the last entry; 0 before the first. */
    sequence: int8("sequence")
      .notNull()
      .default(sql`0`),
    /** At or below this balance a crossing is recorded. Null: nobody watches. */
    threshold: int8("threshold"),
    /** How many crossings there were; numbers them without a gap. */
    crossings: integer("crossings").notNull().default(0),
    hasOpenCrossing: boolean("has_open_crossing").notNull().default(false),
    version: int8("version")
      .notNull()
      .default(sql`0`),
    /** Of the last entry. Before the first, so long ago that any entry may follow. */
    lastPostedAt: instant("last_posted_at")
      .notNull()
      .default(sql`'epoch'`),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName] }),
    foreignKey({
      name: "ledger_account_of_an_sms_account",
      columns: [table.customerId, table.serviceName],
      foreignColumns: [smsAccounts.customerId, smsAccounts.serviceName],
    }),
    check("ledger_balance_not_negative", sql`${table.balance} >= 0`),
    check("ledger_threshold_not_negative", sql`${table.threshold} >= 0`),
  ],
);

/** The append-only record. `amount` is signed, seen from `available`; `counter` says where it came from or went. */
export const entries = pgTable(
  "entries",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    /** 1, 2, 3 … in each account, without a gap. */
    sequence: int8("sequence").notNull(),
    kind: text("kind", {
      enum: ["message", "recharge", "purchase", "transfer_out", "transfer_in", "correction"],
    }).notNull(),
    counter: text("counter", { enum: ["spent", "bought", "corrected", "available"] }).notNull(),
    amount: int8("amount").notNull(),
    balanceBefore: int8("balance_before").notNull(),
    balanceAfter: int8("balance_after").notNull(),
    /** The idempotency key of the posting; what it belongs to, such as "message:…" or "recharge:…". */
    idempotencyKey: text("idempotency_key").notNull(),
    /** Of the request's content: the same idempotency key with another request hash is a conflict. */
    requestHash: text("request_hash").notNull(),
    /** The other SMS account of a transfer. */
    peerServiceName: text("peer_service_name"),
    /** Why a correction was made. */
    reason: text("reason"),
    /** Never earlier than that of the entry before. */
    postedAt: instant("posted_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName, table.sequence] }),
    // The leg of a transfer that comes in has ":in" behind the idempotency key of the one that goes out.
    unique("entry_idempotency_key_once").on(table.customerId, table.idempotencyKey),
    index("entries_other_than_messages")
      .on(table.customerId, table.serviceName, table.kind, table.sequence)
      .where(sql`kind <> 'message'`),
    // That its account exists, and stands where its last entry left it, a trigger demands of each insert as a whole:
    // `entries_continue_their_account`. It says more than a foreign key, and costs a large insert less.
    check("entry_balance_adds_up", sql`${table.balanceAfter} = ${table.balanceBefore} + ${table.amount}`),
    check("entry_balance_not_negative", sql`${table.balanceAfter} >= 0 and ${table.balanceBefore} >= 0`),
    check("entry_moves_something", sql`${table.amount} <> 0`),
    check("entry_sequence_positive", sql`${table.sequence} > 0`),
    check(
      "entry_kind_fits_its_counter",
      sql`case ${table.kind}
        when 'message' then ${table.amount} < 0 and ${table.counter} = 'spent'
        when 'recharge' then ${table.amount} > 0 and ${table.counter} = 'bought'
        when 'purchase' then ${table.amount} > 0 and ${table.counter} = 'bought'
        when 'transfer_out' then ${table.amount} < 0 and ${table.counter} = 'available'
        when 'transfer_in' then ${table.amount} > 0 and ${table.counter} = 'available'
        when 'correction' then ${table.counter} = 'corrected'
        else false end`,
    ),
    check(
      "entry_peer_of_a_transfer",
      sql`(${table.counter} = 'available') = (${table.peerServiceName} is not null)`,
    ),
    check(
      "entry_reason_of_a_correction",
      sql`(${table.kind} = 'correction') = (${table.reason} is not null)`,
    ),
  ],
);

/** A threshold that was reached. Open until what was bought for it is posted, or it is closed without. */
export const crossings = pgTable(
  "crossings",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    /** 1, 2, 3 … in each account. */
    crossing: integer("crossing").notNull(),
    /** The last entry at that moment: the one that crossed, or the last before the threshold was set. */
    sequence: int8("sequence").notNull(),
    balance: int8("balance").notNull(),
    threshold: int8("threshold").notNull(),
    openedAt: instant("opened_at").notNull(),
    closedAt: instant("closed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName, table.crossing] }),
    uniqueIndex("one_open_crossing_of_an_account")
      .on(table.customerId, table.serviceName)
      .where(sql`closed_at is null`),
    index("open_crossings")
      .on(table.openedAt)
      .where(sql`closed_at is null`),
    foreignKey({
      name: "crossing_of_a_ledger_account",
      columns: [table.customerId, table.serviceName],
      foreignColumns: [ledgerAccounts.customerId, ledgerAccounts.serviceName],
    }),
    check("crossing_at_or_below_its_threshold", sql`${table.balance} <= ${table.threshold}`),
  ],
);
