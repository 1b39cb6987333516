import postgres from "postgres";

/**
 * The server's refusal behind an error. Drizzle wraps that of a statement; that of a COMMIT comes bare. Wrappers are known
 * by their cause and not by their class: the build holds several copies of Drizzle, and the pool is of one of them.
 */
export function refusalOf(error: unknown): postgres.PostgresError | null {
  if (error instanceof postgres.PostgresError) return error;
  return error instanceof Error ? refusalOf(error.cause) : null;
}

/** Did the constraint of this name refuse? */
export function violates(error: unknown, constraint: string): boolean {
  return refusalOf(error)?.constraint_name === constraint;
}

/** SQLSTATE of a refusal: "23505" for a unique index, "42501" for a missing right. Null if the server did not refuse. */
export function sqlStateOf(error: unknown): string | null {
  return refusalOf(error)?.code ?? null;
}

const SERVER_UNREACHABLE = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "DATABASE_SILENT",
  "25P03",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "08006",
]);

/** Did the connection fail, rather than the statement? Then whether a COMMIT took place is not known. */
export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isOne = "code" in error && typeof error.code === "string" && SERVER_UNREACHABLE.has(error.code);
  return isOne || isConnectionFailure(error.cause);
}

/** Gave up waiting for an answer. What was asked may still be done. */
export class DatabaseSilent extends Error {
  readonly code = "DATABASE_SILENT";

  constructor() {
    super("the database does not answer");
  }
}

/** Gave up waiting for a turn at the database. Nothing was asked of it. */
export class DatabaseTooBusy extends Error {
  readonly code = "DATABASE_BUSY";

  constructor() {
    super("too much is asked of the database at once");
  }
}

const codesOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? ["code" in error && typeof error.code === "string" ? error.code : "", ...codesOf(error.cause)]
    : [];

export const isSilence = (error: unknown): boolean => codesOf(error).includes("DATABASE_SILENT");

/** A lock that was waited for in vain, a statement that was cancelled, a resource that ran out, a deadlock. */
const PASSING = /^(55P03|57014|53...|58030|08...|40P01|40001|DATABASE_BUSY)$/;

/** Will it pass by itself, so that the same may be asked again in a while? */
export function isUnavailable(error: unknown): boolean {
  return isConnectionFailure(error) || codesOf(error).some((code) => PASSING.test(code));
}

/** May the same transaction be tried again at once: a deadlock, or a serialization failure? */
export function isTransient(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === "40P01" || state === "40001";
}
