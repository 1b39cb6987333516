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
    /** Of the last movement; 0 before the first. */
    sequence: int8("sequence")
      .notNull()
      .default(sql`0`),
    /** At or below this balance a crossing is recorded. Null: nobody watches. */
    watermark: int8("watermark"),
    /** How many crossings there were; numbers them without a gap. */
    crossings: integer("crossings").notNull().default(0),
    hasOpenCrossing: boolean("has_open_crossing").notNull().default(false),
    version: int8("version")
      .notNull()
      .default(sql`0`),
    /** Of the last movement. Before the first, so long ago that any movement may follow. */
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
    check("ledger_watermark_not_negative", sql`${table.watermark} >= 0`),
  ],
);

/** The append-only record. `amount` is signed, seen from `available`; `counter` says where it came from or went. */
export const movements = pgTable(
  "movements",
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
    reference: text("reference").notNull(),
    /** Of the request's content: the same reference with another fingerprint is a conflict. */
    fingerprint: text("fingerprint").notNull(),
    /** The other SMS account of a transfer. */
    peerServiceName: text("peer_service_name"),
    /** Why a correction was made. */
    reason: text("reason"),
    /** Never earlier than that of the movement before. */
    postedAt: instant("posted_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName, table.sequence] }),
    // The leg of a transfer that comes in has ":in" behind the reference of the one that goes out.
    unique("movement_reference_once").on(table.customerId, table.reference),
    index("movements_other_than_messages")
      .on(table.customerId, table.serviceName, table.kind, table.sequence)
      .where(sql`kind <> 'message'`),
    // That its account exists, and stands where its last movement left it, a trigger demands of each insert as a whole:
    // `movements_continue_their_account`. It says more than a foreign key, and costs a large insert less.
    check("movement_balance_adds_up", sql`${table.balanceAfter} = ${table.balanceBefore} + ${table.amount}`),
    check("movement_balance_not_negative", sql`${table.balanceAfter} >= 0 and ${table.balanceBefore} >= 0`),
    check("movement_moves_something", sql`${table.amount} <> 0`),
    check("movement_sequence_positive", sql`${table.sequence} > 0`),
    check(
      "movement_kind_fits_its_counter",
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
      "movement_peer_of_a_transfer",
      sql`(${table.counter} = 'available') = (${table.peerServiceName} is not null)`,
    ),
    check(
      "movement_reason_of_a_correction",
      sql`(${table.kind} = 'correction') = (${table.reason} is not null)`,
    ),
  ],
);

/** A watermark that was reached. Open until what was bought for it is posted, or it is closed without. */
export const crossings = pgTable(
  "crossings",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    /** 1, 2, 3 … in each account. */
    crossing: integer("crossing").notNull(),
    /** The last movement at that moment: the one that crossed, or the last before the watermark was set. */
    sequence: int8("sequence").notNull(),
    balance: int8("balance").notNull(),
    watermark: int8("watermark").notNull(),
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
    check("crossing_at_or_below_its_watermark", sql`${table.balance} <= ${table.watermark}`),
  ],
);
