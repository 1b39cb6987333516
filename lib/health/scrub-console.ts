import { loggedError, scrub } from "./scrub-rules";

type Printer = Pick<Console, "error" | "warn">;

/**
 * From now on `printer` says of an error only what a log may say. The framework and the library of sign-in print the errors
 * that they meet as they are, and one of the database shows the values of its statement: a session's token, a text.
 */
export function scrubConsole(printer: Printer): void {
  for (const level of ["error", "warn"] as const) {
    const print = printer[level].bind(printer);
    printer[level] = (...said: unknown[]) => {
      print(...said.map(sayable));
    };
  }
}

/** Of a statement, in the text of an error that was put into a line. */
const PARAMETERS = /(\bparams:).*/g;

function sayable(said: unknown): unknown {
  if (said instanceof Error) return JSON.stringify(loggedError(said));
  // A line of JSON was written for the log, and is scrubbed where it is made.
  if (typeof said !== "string" || said.startsWith("{")) return said;
  return scrub(said.replace(PARAMETERS, "$1…"));
}
