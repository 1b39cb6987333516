import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { users } from "./access";
import { customers, smsAccounts } from "./accounts";
import { customerId, instant, int8, leased, serviceName } from "./columns";

/** Append-only: each access of a member of staff to a customer's data. The instant is the database's, not the caller's. */
export const accessLog = pgTable(
  "access_log",
  {
    customerId: customerId().references(() => customers.customerId),
    accessId: int8("access_id").notNull().generatedAlwaysAsIdentity(),
    /** Null: the customer as a whole. */
    serviceName: text("service_name"),
    staffUserId: text("staff_user_id").notNull(),
    /** What the person was when looking. */
    staffRight: text("staff_right", { enum: ["support", "billing", "lead"] }).notNull(),
    /** One of `ACCESS_SUBJECTS` in lib/staff/rules.ts; the list stays open. */
    what: text("what").notNull(),
    /** The network address that it came from. */
    address: text("address").notNull(),
    ticket: text("ticket"),
    at: instant("at")
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.accessId] }),
    index("access_log_by_person").on(table.staffUserId, table.accessId),
    index("access_log_in_order").on(table.accessId),
    check("access_ticket_is_short", sql`length(${table.ticket}) between 1 and 60`),
  ],
);

/** A correction of a balance, from its request to its entry. Above an amount somebody else has to approve it. */
export const corrections = pgTable(
  "corrections",
  {
    customerId: customerId(),
    correctionId: int8("correction_id").notNull().generatedAlwaysAsIdentity(),
    serviceName: serviceName(),
    /** Of who asked: what is sent again after a lost answer is the same correction. */
    idempotencyKey: text("idempotency_key").notNull(),
    /** Signed thousandths. */
    amount: int8("amount").notNull(),
    reason: text("reason").notNull(),
    needsApproval: boolean("needs_approval").notNull(),
    state: text("state", { enum: ["requested", "posted", "rejected"] }).notNull(),
    requestedBy: text("requested_by")
      .notNull()
      .references(() => users.id),
    requestedAt: instant("requested_at").notNull(),
    decidedBy: text("decided_by").references(() => users.id),
    decidedAt: instant("decided_at"),
    /** Of the entry. */
    sequence: int8("sequence"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.correctionId] }),
    unique("correction_asked_for_once").on(table.customerId, table.idempotencyKey),
    index("corrections_by_person").on(table.requestedBy, table.requestedAt),
    index("corrections_of_an_account").on(table.customerId, table.serviceName, table.correctionId),
    index("corrections_to_decide")
      .on(table.correctionId)
      .where(sql`state = 'requested'`),
    foreignKey({
      name: "correction_of_an_sms_account",
      columns: [table.customerId, table.serviceName],
      foreignColumns: [smsAccounts.customerId, smsAccounts.serviceName],
    }),
    check("correction_corrects_something", sql`${table.amount} <> 0`),
    check("correction_has_a_reason", sql`length(${table.reason}) between 10 and 500`),
    check(
      "correction_decided_when_it_ends",
      sql`(${table.state} = 'requested') = (${table.decidedBy} is null)
        and (${table.decidedBy} is null) = (${table.decidedAt} is null)`,
    ),
    check(
      "correction_posted_has_an_entry",
      sql`(${table.state} = 'posted') = (${table.sequence} is not null)`,
    ),
    // Four eyes, whatever the program above thinks.
    check(
      "correction_approved_by_another",
      sql`not (${table.needsApproval} and ${table.state} = 'posted' and ${table.decidedBy} = ${table.requestedBy})`,
    ),
  ],
);

/**
 * What staff search for, as normalised phrases, each turned so that it begins with each of its words. Kept by triggers;
 * one look-up is one short walk along the key, however many rows there are.
 */
export const searchPhrases = pgTable(
  "search_phrases",
  {
    /** What the phrase is, the most telling first: see `SEARCH_RANKS` in lib/staff/search-rules.ts. */
    rank: smallint("rank").notNull(),
    /** In the order of its bytes, so that a prefix is a range in every locale. The migration sets the collation. */
    phrase: text("phrase").notNull(),
    /** Empty for a person who belongs to no customer. */
    customerId: customerId(),
    /** Service name of an account, identifier of a user; empty for a customer. */
    subject: text("subject").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.rank, table.phrase, table.customerId, table.subject] }),
    index("search_phrases_of_a_subject").on(table.customerId, table.subject, table.rank),
  ],
);

/** What the self-check last found of an account, and how fast its credits go. Written by the worker in slices. */
export const accountChecks = pgTable(
  "account_checks",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    checkedAt: instant("checked_at").notNull(),
    /** Names of contradictions, with spaces between; empty when all is well. */
    problems: text("problems").notNull().default(""),
    /** Thousandths used by messages in the seven days before `checkedAt`. */
    spentWeek: int8("spent_week").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName] }),
    index("account_checks_failed")
      .on(table.checkedAt)
      .where(sql`problems <> ''`),
  ],
);

/** How far the self-check has come: one row. The lease lets several workers take turns. */
export const checkProgress = pgTable(
  "check_progress",
  {
    id: integer("id").primaryKey(),
    afterCustomer: text("after_customer").notNull(),
    afterService: text("after_service").notNull(),
    ...leased(),
    /** When the next slice is due. */
    dueAt: instant("due_at").notNull(),
    cycleStartedAt: instant("cycle_started_at"),
    cycleAccounts: int8("cycle_accounts").notNull(),
    /** Of the last whole round over all accounts. */
    roundFinishedAt: instant("round_finished_at"),
    roundAccounts: int8("round_accounts"),
  },
  (table) => [check("check_progress_is_one_row", sql`${table.id} = 1`)],
);

/** The workers that live, and what each has counted since it started. */
export const workerHeartbeats = pgTable("worker_heartbeats", {
  workerId: text("worker_id").primaryKey(),
  startedAt: instant("started_at").notNull(),
  heartbeatAt: instant("heartbeat_at").notNull(),
  counters: jsonb("counters").$type<Readonly<Record<string, number>>>().notNull(),
});
