/** The largest body of a call. Ten thousand receivers are a sixth of it. */
export const LARGEST_BODY_BYTES = 1024 * 1024;

/** How much of a refused body is thrown away unread, so that its sender hears the answer. */
const LARGEST_DRAINED_BYTES = 16 * 1024 * 1024;
const DRAINING_ENDS_AFTER_MS = 5000;

/** Reads a body up to the limit; null when it is larger. Nothing beyond the limit is kept. */
export async function readBody(
  request: Request,
  largestBytes = LARGEST_BODY_BYTES,
): Promise<Uint8Array | null> {
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const announced = Number(request.headers.get("content-length") ?? "0");
  const chunks: Uint8Array[] = [];
  let size = announced > largestBytes ? announced : 0;
  while (size <= largestBytes) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    chunks.push(value);
  }
  await drain(reader);
  return null;
}

/**
 * Takes in what is left of a refused body and forgets it. A connection that is closed while data stand in it unread
 * is reset, and with it goes the answer that says why, often also the next call on the same connection. What is far
 * too large or too slow is cut off all the same.
 */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const late = setTimeout(() => void cancelled(reader), DRAINING_ENDS_AFTER_MS);
  let drained = 0;
  try {
    while (drained <= LARGEST_DRAINED_BYTES) {
      const { done, value } = await reader.read();
      if (done) return;
      drained += value.byteLength;
    }
    await cancelled(reader);
  } catch {
    // The sender went away while being refused: there is nobody left to tell.
  } finally {
    clearTimeout(late);
  }
}

async function cancelled(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  // A stream that broke already needs no cancelling.
  await reader.cancel().catch(() => undefined);
}

type Unreadable = { readonly ok: false; readonly field: string | null; readonly takes: string };

/** Reads JSON; `undefined` for no body at all. A text with a NUL is refused too: the database can hold none. */
export function parseJson(bytes: Uint8Array): { ok: true; value: unknown } | Unreadable {
  if (bytes.byteLength === 0) return { ok: true, value: undefined };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const field = text.includes("\\u0000") ? fieldWithNul(value) : null;
    return field === null
      ? { ok: true, value }
      : { ok: false, field: field === "" ? null : field, takes: "no NUL characters" };
  } catch {
    return { ok: false, field: null, takes: "JSON in UTF-8" };
  }
}

/** The path to the first text, or name, that holds a NUL; null if none does. */
function fieldWithNul(value: unknown, path = ""): string | null {
  if (typeof value === "string") return value.includes("\0") ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    if (name.includes("\0")) return path;
    const found = fieldWithNul(part, path === "" ? name.slice(0, 60) : `${path}.${name.slice(0, 60)}`);
    if (found !== null) return found;
  }
  return null;
}
