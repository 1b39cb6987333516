/** Takes out of a text what could be about a person: addresses of mail and of networks, numbers that could be a phone's. */
export function scrub(text: string): string {
  return text
    .replace(/[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+\.[a-z]{2,}/gi, "[mail]")
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[address]")
    .replace(/(?<![\w-])(?:\+|00)\d[\d .-]{6,}\d/g, "[number]");
}

export type LoggedError = {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
};

const DEEPEST = 4;

/**
 * What a log may say of an error. That of the database quotes rows, and that of Drizzle the parameters of the statement, so of
 * these only the code and the statement itself are kept.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)).slice(0, 300) };
  const isOfDatabase = "severity" in error && "code" in error;
  const message = isOfDatabase
    ? "the database refused"
    : scrub(error.message.replace(/\bparams:[\s\S]*$/, "params: …")).slice(0, 1000);
  // The first lines repeat the message.
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  const code = "code" in error ? text(error.code) : undefined;
  const constraint = "constraint_name" in error ? text(error.constraint_name) : undefined;
  return {
    type: error.name,
    message,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(frames.length > 0 && { stack: frames.slice(0, 12).join("\n") }),
    ...(error.cause !== undefined && depth < DEEPEST && { cause: loggedError(error.cause, depth + 1) }),
  };
}
