import { randomBytes } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { PageCache } from "./page-cache";

const page = (path: string, locale: "it" | "fr" = "it") => ({ path, locale });
const NOW = new Date("2026-11-28T12:00:00Z");

/** Draws pages that tell how many were drawn before them. */
function aPainter(bytes = 100) {
  const painter = {
    drawn: 0,
    render: () => {
      painter.drawn += 1;
      const html = Buffer.from(`${painter.drawn.toString()} `.padEnd(bytes, "x"));
      return Promise.resolve({ html, scriptHashes: [], headers: {} });
    },
  };
  return painter;
}

test("a page is drawn once for each address and language, also when many ask at once", async () => {
  const cache = new PageCache();
  const painter = aPainter();
  const ask = (path: string, locale: "it" | "fr") => cache.get(page(path, locale), 1n, NOW, painter.render);
  const asked = Array.from({ length: 20 }, () => [ask("/a", "it"), ask("/a", "fr"), ask("/b", "it")]).flat();
  const kept = await Promise.all(asked);
  expect(new Set(kept).size).toBe(3);
  expect(await ask("/a", "it")).toBe(kept[0]);
  expect(cache.size.pages).toBe(3);
  expect(painter.drawn).toBe(3);
});

test("with other prices, and when a day begins at the readers', it is drawn anew", async () => {
  const cache = new PageCache();
  const painter = aPainter();
  const drawnOn = async (version: bigint, at: string) => {
    await cache.get(page("/a"), version, new Date(at), painter.render);
    return painter.drawn;
  };
  expect(await drawnOn(1n, "2026-11-28T12:00:00Z")).toBe(1);
  expect(await drawnOn(1n, "2026-11-28T22:59:59.999Z")).toBe(1);
  // Midnight in Rome.
  expect(await drawnOn(1n, "2026-11-28T23:00:00Z")).toBe(2);
  expect(await drawnOn(1n, "2026-11-28T23:00:00Z")).toBe(2);
  expect(await drawnOn(2n, "2026-11-28T23:00:01Z")).toBe(3);
  expect(cache.size.pages).toBe(1);
});

test("what was drawn of old prices is not given to those who ask after a change, though it comes later", async () => {
  const cache = new PageCache();
  let release = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    release = resolve;
  });
  const old = cache.get(page("/a"), 1n, NOW, async () => {
    await late;
    return { html: Buffer.from("old"), scriptHashes: [], headers: {} };
  });
  const render = () => Promise.resolve({ html: Buffer.from("new"), scriptHashes: [], headers: {} });
  const htmlOf = async () => (await cache.get(page("/a"), 2n, NOW, render))?.html.toString();
  expect(await htmlOf()).toBe("new");
  release();
  expect((await old)?.html.toString()).toBe("old");
  expect(await htmlOf()).toBe("new");
});

test("what could not be drawn is not kept", async () => {
  const cache = new PageCache();
  const painter = aPainter();
  expect(await cache.get(page("/a"), 1n, NOW, () => Promise.resolve(null))).toBeNull();
  await expect(cache.get(page("/a"), 1n, NOW, () => Promise.reject(new Error("away")))).rejects.toThrow(
    "away",
  );
  expect(cache.size.pages).toBe(0);
  expect(await cache.get(page("/a"), 1n, NOW, painter.render)).not.toBeNull();
});

test("it keeps 500 pages and 32 MiB at most, and those that are read", async () => {
  const many = new PageCache();
  const small = aPainter();
  const ask = (path: string) => many.get(page(path), 1n, NOW, small.render);
  for (let index = 0; index < 1000; index += 1) {
    await ask("/often");
    await ask(`/once-${index.toString()}`);
  }
  expect(many.size.pages).toBe(500);
  expect(small.drawn).toBe(1001);

  const heavy = new PageCache();
  const large = aPainter(1024 * 1024);
  for (let index = 0; index < 40; index += 1) {
    await heavy.get(page(`/${index.toString()}`), 1n, NOW, large.render);
  }
  expect(heavy.size).toEqual({ pages: 32, bytes: 32 * 1024 * 1024 });
});

test("compressed it is the same page, and compressed once", async () => {
  const html = Buffer.from(`${randomBytes(500).toString("hex")} è`.repeat(20));
  const cache = new PageCache();
  const kept = await cache.get(page("/a"), 1n, NOW, () =>
    Promise.resolve({ html, scriptHashes: [], headers: {} }),
  );
  const [brotli, gzip] = [await kept?.compressed("br"), await kept?.compressed("gzip")];
  expect(brotliDecompressSync(brotli ?? Buffer.alloc(0)).equals(html)).toBe(true);
  expect(gunzipSync(gzip ?? Buffer.alloc(0)).equals(html)).toBe(true);
  expect(await kept?.compressed("br")).toBe(brotli);
  expect(kept?.etag).toMatch(/^W\/"[\w-]{22}"$/);
});
