import type { BuiltRequest } from "./request";

/** What the API answered, with the headers that are the API's own. */
export type ConsoleAnswer = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly milliseconds: number;
};

/** Makes a call through the reader's session. Rejects when nothing that can be read came back. */
export async function execute(
  url: string,
  request: BuiltRequest,
  keys: { readonly applicationKey: string | null; readonly idempotencyKey: string },
): Promise<ConsoleAnswer> {
  const started = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-ricarica-console": "1" },
    body: JSON.stringify({
      method: request.method,
      below: request.below,
      body: request.body === undefined ? "" : JSON.stringify(request.body),
      ...keys,
    }),
  });
  if (!response.ok) throw new Error(`the console was answered ${response.status.toString()}`);
  const envelope: unknown = await response.json();
  const milliseconds = Math.round(performance.now() - started);
  if (!isEnvelope(envelope)) throw new Error("the console was answered something else");
  return { ...envelope, milliseconds };
}

function isEnvelope(value: unknown): value is Omit<ConsoleAnswer, "milliseconds"> {
  return (
    typeof value === "object" &&
    value !== null &&
    "status" in value &&
    typeof value.status === "number" &&
    "body" in value &&
    typeof value.body === "string" &&
    "headers" in value &&
    Array.isArray(value.headers)
  );
}

/** JSON over several lines; anything else as it came. */
export function pretty(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return JSON.stringify(value, null, 2);
  } catch {
    return body;
  }
}

/** 128 random bits. `crypto.randomUUID` would be missing where the panel is served without TLS to another machine. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
