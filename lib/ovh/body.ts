/** The largest body of a call. Ten thousand receivers are a sixth of it. */
export const LARGEST_BODY_BYTES = 1024 * 1024;

/** Reads a body up to the limit; null when it is larger. Nothing beyond the limit is kept or waited for. */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > LARGEST_BODY_BYTES) return null;
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > LARGEST_BODY_BYTES) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads JSON. `undefined` for no body at all; null in `ok: false` for what is not JSON or not UTF-8. A text with a
 * NUL is refused too: the database can hold none, and no client means one.
 */
export function parseJson(bytes: Uint8Array): { ok: true; value: unknown } | { ok: false } {
  if (bytes.byteLength === 0) return { ok: true, value: undefined };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text, (_key, part: unknown) => {
      if (typeof part === "string" && part.includes("\u0000")) throw new SyntaxError("NUL in a text");
      return part;
    });
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
