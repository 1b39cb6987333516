import { bigint, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Leads every key of what belongs to a customer, so that the tables can be spread over nodes by customer. */
export const customerId = () => text("customer_id").notNull();
export const serviceName = () => text("service_name").notNull();
/** A point in time. Drizzle hands it over as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
/** An integer that may exceed 2^53, as a `bigint` in code. */
export const int8 = (name: string) => bigint(name, { mode: "bigint" });
/** Who owns a row for the moment, and until when: see lib/leases/store.ts. Null: nobody. */
export const leased = () => ({ lease: uuid("lease"), leasedUntil: instant("leased_until") });
