import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { users } from "./access";
import { customers } from "./accounts";
import { customerId, instant, int8, leased } from "./columns";

/**
 * Programs that may ask customers for rights. A directory, found by its key before any customer is known, as `users`
 * is found by its address; so it is not led by a customer's identifier, and neither are the consumer keys.
 */
export const apiApplications = pgTable(
  "api_applications",
  {
    /** Public: it names the program, and proves nothing. */
    applicationKey: text("application_key").primaryKey(),
    applicationId: int8("application_id").notNull().unique().generatedAlwaysAsIdentity({ startWith: 1001 }),
    /** Who made it. Other customers may allow it too, each for what is theirs. */
    customerId: customerId().references(() => customers.customerId),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /**
     * Enciphered, not hashed: to check a signature the secret itself is needed. Its key lies outside the database, so
     * that a copy of this table signs nothing.
     */
    sealedSecret: text("sealed_secret").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Deleted by its customer: none of its keys works any longer. The row stays for what names it. */
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    index("api_applications_of_a_customer").on(table.customerId),
    check("api_application_key_form", sql`${table.applicationKey} ~ '^[A-Za-z0-9]{16}$'`),
  ],
);

/** A consumer key: the right of one application to act for one customer, within rules, until an end. */
export const apiCredentials = pgTable(
  "api_credentials",
  {
    credentialId: int8("credential_id").primaryKey().generatedAlwaysAsIdentity({ startWith: 1001 }),
    applicationKey: text("application_key").notNull(),
    /** SHA-256 of the key. The caller sends the key itself, so the key need not be kept; it is random, so it needs no salt. */
    consumerKeyHash: text("consumer_key_hash").notNull().unique(),
    /** SHA-256 of the token in `validationUrl`: the page is found by it, and the consumer key stands in no address. */
    validationTokenHash: text("validation_token_hash").notNull().unique(),
    /** Null until somebody has decided. */
    customerId: text("customer_id").references(() => customers.customerId),
    decidedBy: text("decided_by").references(() => users.id),
    state: text("state", { enum: ["pending", "validated", "refused", "revoked"] }).notNull(),
    /** Each as "GET /sms/*". */
    rules: text("rules").array().notNull(),
    redirection: text("redirection"),
    createdAt: instant("created_at").notNull(),
    decidedAt: instant("decided_at"),
    revokedAt: instant("revoked_at"),
    /** Of the request while it is pending, of the key once it is validated. Null has no end. */
    expiresAt: instant("expires_at"),
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [
    index("api_credentials_of_a_customer").on(table.customerId, table.credentialId),
    foreignKey({
      name: "api_credential_of_an_application",
      columns: [table.applicationKey],
      foreignColumns: [apiApplications.applicationKey],
    }),
    index("api_credentials_of_an_application").on(table.applicationKey),
    check(
      "api_credential_state_known",
      sql`${table.state} in ('pending', 'validated', 'refused', 'revoked')`,
    ),
    check(
      "api_credential_decided_for_a_customer",
      sql`${table.state} = 'pending' or ${table.customerId} is not null`,
    ),
    check("api_credential_has_rules", sql`cardinality(${table.rules}) > 0`),
  ],
);

/** Signatures of writes that were accepted, for as long as their timestamps would be: each is accepted once. */
export const apiSignatures = pgTable(
  "api_signatures",
  {
    credentialId: int8("credential_id").notNull(),
    signature: text("signature").notNull(),
    usedAt: instant("used_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.signature] }),
    index("api_signatures_by_age").on(table.usedAt),
  ],
);

/** What is left to a consumer key ("key:1001") or an address ("address:…") of its calls: a bucket that fills with time. */
export const apiBudgets = pgTable("api_budgets", {
  subject: text("subject").primaryKey(),
  /** Thousandths of a call, at `updatedAt`. */
  leftThousandths: int8("left_thousandths").notNull(),
  /** What the last call was told. */
  wasRefused: boolean("was_refused").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/** Answers to writes that named an Idempotency-Key. A row without an answer is being worked on. */
export const apiAnswers = pgTable(
  "api_answers",
  {
    customerId: customerId().references(() => customers.customerId),
    idempotencyKey: text("idempotency_key").notNull(),
    /** SHA-256 of method, path and body. */
    requestHash: text("request_hash").notNull(),
    startedAt: instant("started_at").notNull(),
    ...leased(),
    status: integer("status"),
    body: text("body"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.idempotencyKey] }),
    index("api_answers_by_age").on(table.startedAt),
    check("api_answer_is_whole", sql`(${table.status} is null) = (${table.body} is null)`),
  ],
);
