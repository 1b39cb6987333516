import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import { dayIn } from "../day";
import { USUAL_TIME_ZONE } from "../destinations/schema";
import type { PublicPage } from "./public-page";
import type { RenderedPage } from "./render-public-page";

export const ENCODINGS = ["br", "gzip"] as const;
export type PageEncoding = (typeof ENCODINGS)[number];

export type KeptPage = RenderedPage & {
  readonly etag: string;
  /** Compressed once, when it is first asked for so. */
  readonly compressed: (encoding: PageEncoding) => Promise<Buffer>;
};

/** What a page was drawn of. With another version of the prices, or on another day, it is drawn anew. */
type Moment = { readonly pricesVersion: bigint; readonly day: string };

const MAX_PAGES = 500;
/** Of pages as they are drawn; their compressed copies come to less than a third of it. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_AGE_MS = 60_000;

/** The pages that all strangers see alike, one for each address and language: those that were read last. */
export class PageCache {
  readonly #pages = new LRUCache<string, Moment & { page: KeptPage }>({
    max: MAX_PAGES,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ page }) => page.html.byteLength,
    ttl: MAX_AGE_MS,
  });
  readonly #drawing = new Map<string, Promise<KeptPage | null>>();

  /** The page as of this moment, if it is there. */
  find(page: PublicPage, pricesVersion: bigint, now: Date): KeptPage | null {
    const kept = this.#pages.get(keyOf(page));
    return kept?.pricesVersion === pricesVersion && kept.day === dayOf(now) ? kept.page : null;
  }

  /** The page as of this moment. Null if it could not be drawn, which is not kept. */
  async get(
    page: PublicPage,
    pricesVersion: bigint,
    now: Date,
    render: () => Promise<RenderedPage | null>,
  ): Promise<KeptPage | null> {
    const found = this.find(page, pricesVersion, now);
    if (found !== null) return found;
    const key = keyOf(page);
    const moment = { pricesVersion, day: dayOf(now) };
    // All who ask meanwhile wait for the same one.
    const turn = `${key} ${moment.pricesVersion.toString()} ${moment.day}`;
    const drawing =
      this.#drawing.get(turn) ?? this.#draw(key, moment, render).finally(() => this.#drawing.delete(turn));
    this.#drawing.set(turn, drawing);
    return drawing;
  }

  get size(): { readonly pages: number; readonly bytes: number } {
    return { pages: this.#pages.size, bytes: this.#pages.calculatedSize };
  }

  async #draw(
    key: string,
    moment: Moment,
    render: () => Promise<RenderedPage | null>,
  ): Promise<KeptPage | null> {
    const rendered = await render();
    if (rendered === null) return null;
    const page = keptPage(rendered);
    this.#pages.set(key, { ...moment, page });
    return page;
  }
}

const keyOf = ({ path, locale }: PublicPage): string => `${locale} ${path}`;
const dayOf = (now: Date): string => dayIn(USUAL_TIME_ZONE, now);

const compress = {
  br: (html: Buffer) => promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (html: Buffer) => promisify(gzip)(html),
} as const satisfies Record<PageEncoding, (html: Buffer) => Promise<Buffer>>;

function keptPage(rendered: RenderedPage): KeptPage {
  const digest = createHash("sha256").update(rendered.html).digest("base64url").slice(0, 22);
  const made: Partial<Record<PageEncoding, Promise<Buffer>>> = {};
  return {
    ...rendered,
    // Weak, because it names each of the encodings.
    etag: `W/"${digest}"`,
    compressed: (encoding) => (made[encoding] ??= compress[encoding](rendered.html)),
  };
}
