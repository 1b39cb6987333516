import "server-only";
import pino, { type DestinationStream, type Logger } from "pino";
import type { LogLevel } from "@/lib/env";
import { loggedError, scrub } from "./scrub-rules";

/** Fields that hold what is about a person or gives access, wherever they stand. */
const NEVER_LOGGED = [
  "password",
  "token",
  "secret",
  "authorization",
  "cookie",
  "email",
  "name",
  "text",
  "message",
  "number",
  "receivers",
  "recipients",
  "address",
  "ip",
  "userAgent",
  "consumerKey",
];

/**
 * One line of JSON for each event, on standard error: `service`, `time`, `level`, `msg` and what the event says of itself,
 * such as `requestId`. It names accounts and orders by their identifiers and never a person.
 */
export function createLog(
  service: "server" | "worker",
  level: LogLevel,
  destination?: DestinationStream,
): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: loggedError, during: (text: unknown) => scrub(String(text)) },
    redact: {
      paths: NEVER_LOGGED.flatMap((field) => [field, `*.${field}`]).filter((path) => path !== "*.message"),
      remove: true,
    },
    hooks: {
      logMethod(args, method) {
        const [event, text] = args as readonly unknown[];
        const error = event instanceof Error ? event : errorOf(event);
        // Without a text of the event's own, pino would take the error's, which nothing has scrubbed.
        if (error === null || text !== undefined) method.apply(this, args);
        else Reflect.apply(method, this, [event, scrub(error.message)]);
      },
    },
  };
  return destination === undefined
    ? pino(options, pino.destination({ dest: 2, sync: true }))
    : pino(options, destination);
}

function errorOf(event: unknown): Error | null {
  return typeof event === "object" && event !== null && "err" in event && event.err instanceof Error
    ? event.err
    : null;
}
