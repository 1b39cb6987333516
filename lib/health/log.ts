import "server-only";
import pino, { type DestinationStream, type Logger } from "pino";
import { loggedError, scrub } from "./scrub-rules";

/** Fields that hold what is about a person or opens a door, wherever they stand. */
const NEVER_LOGGED = [
  ...["password", "token", "secret", "authorization", "cookie", "email", "name", "text", "message", "number"],
  ...["receivers", "recipients", "address", "ip", "userAgent", "consumerKey"],
];

/**
 * One line of JSON for each event, on standard error: `service`, `time`, `level`, `msg` and what the event says of itself,
 * such as `requestId`. It names accounts and orders by their identifiers and never a person. Give each event its text:
 * without one pino takes the error's own, which nothing has scrubbed.
 */
export function createLog(service: "server" | "worker", destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: loggedError, during: (text: unknown) => scrub(String(text)) },
    redact: {
      paths: NEVER_LOGGED.flatMap((field) => [field, `*.${field}`]).filter((path) => path !== "*.message"),
      remove: true,
    },
  };
  return destination === undefined
    ? pino(options, pino.destination({ dest: 2, sync: true }))
    : pino(options, destination);
}
