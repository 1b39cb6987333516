import { DrizzleQueryError } from "drizzle-orm/errors";
import postgres from "postgres";
import { expect, test } from "vitest";
import { isConnectionFailure, isTransient, refusalOf, sqlStateOf, violates } from "./errors";

const away = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

function refusal(code: string, constraint_name?: string): postgres.PostgresError {
  // Safe because the driver, too, only copies what the server sent onto an error of this class.
  const made = Object.create(postgres.PostgresError.prototype) as postgres.PostgresError;
  return Object.assign(
    made,
    { message: "refused", code },
    constraint_name !== undefined && { constraint_name },
  );
}

/** As the error of another copy of the library is: of no class that is known here. */
const wrappers: [string, (cause: Error) => Error][] = [
  ["bare", (cause) => cause],
  ["wrapped", (cause) => new DrizzleQueryError("select 1", [], cause)],
  ["wrapped by another copy of the library", (cause) => new Error("Failed query: select 1", { cause })],
];

test.each(wrappers)("an error that comes %s is known for what it is", (_name, wrap) => {
  expect(isConnectionFailure(wrap(away))).toBe(true);
  expect(isConnectionFailure(wrap(refusal("57P03")))).toBe(true);
  expect(isConnectionFailure(wrap(refusal("23505", "order_made_once")))).toBe(false);
  expect(violates(wrap(refusal("23505", "order_made_once")), "order_made_once")).toBe(true);
  expect(violates(wrap(away), "order_made_once")).toBe(false);
  expect(sqlStateOf(wrap(refusal("42501")))).toBe("42501");
  expect(isTransient(wrap(refusal("40P01")))).toBe(true);
  expect(refusalOf(wrap(away))).toBeNull();
});
