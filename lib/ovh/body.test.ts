import { describe, expect, test } from "vitest";
import { LARGEST_BODY_BYTES, readBody } from "./body";

const CHUNK = new Uint8Array(64 * 1024);

/** The DOM's types do not know `duplex` yet, which a body that is a stream must have. */
function posted(body: ReadableStream<Uint8Array>, headers: Record<string, string>): Request {
  const init = { method: "POST", body, headers, duplex: "half" };
  return new Request("http://ricarica.test/", init);
}

/** A request whose body comes in chunks; `given` counts them, `cancelled` says whether the rest was cut off. */
function sent(chunks: number, headers: Record<string, string> = {}) {
  const seen = { given: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (seen.given === chunks) controller.close();
        else {
          seen.given += 1;
          controller.enqueue(CHUNK);
        }
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { request: posted(body, headers), seen };
}

describe("a body", () => {
  test("of exactly the limit is read whole", async () => {
    const { request } = sent(LARGEST_BODY_BYTES / CHUNK.byteLength);
    expect((await readBody(request))?.byteLength).toBe(LARGEST_BODY_BYTES);
  });

  test.each([
    ["told beforehand", { "content-length": String(CHUNK.byteLength * 40) }],
    ["not told", {}],
  ])("over the limit, its length %s, is taken in to its end and refused", async (_name, headers) => {
    const { request, seen } = sent(40, headers);
    expect(await readBody(request)).toBeNull();
    expect(seen).toEqual({ given: 40, cancelled: false });
  });

  test("over a smaller limit, its length not told, is refused", async () => {
    const { request, seen } = sent(2);
    expect(await readBody(request, CHUNK.byteLength)).toBeNull();
    expect(seen.given).toBe(2);
  });

  test("without an end is cut off", async () => {
    const { request, seen } = sent(Infinity);
    expect(await readBody(request)).toBeNull();
    expect(seen.cancelled).toBe(true);
    expect(seen.given * CHUNK.byteLength).toBeLessThan(20 * 1024 * 1024);
  });

  test("whose sender goes away is refused, not thrown", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.error(new Error("gone"));
      },
    });
    const headers = { "content-length": String(LARGEST_BODY_BYTES + 1) };
    expect(await readBody(posted(body, headers))).toBeNull();
  });
});
