import { createHash, randomUUID } from "node:crypto";
import { LOCALE_COOKIE } from "../i18n/locales";
import type { PublicPage } from "./public-page";

/** Marks a request of this server to itself. */
const RENDER_HEADER = "x-ricarica-render";
const RENDERED_WITHIN_MS = 10_000;

/** What is said of one answer, or of one connection, or to one reader. */
const NOT_KEPT = new Set([
  "cache-control",
  "etag",
  "date",
  "set-cookie",
  "x-request-id",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "content-encoding",
]);

/** A page as it came from the framework, and what its policy lets in. */
export type RenderedPage = {
  readonly html: Buffer;
  /** Of each script that is written into the page. */
  readonly scriptHashes: readonly string[];
  /** As the framework says them. */
  readonly headers: Readonly<Record<string, string>>;
};

type Renders = { readonly secret: string; readonly failed: Set<string> };

declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles.
  var ricaricaRenders: Renders | undefined;
}

const renders = (): Renders =>
  (globalThis.ricaricaRenders ??= { secret: randomUUID(), failed: new Set<string>() });

/** Is this a request by which the server asks itself for a page? Nobody else knows its secret. */
export function isRender(headerOf: (name: string) => string | null): boolean {
  return headerOf(RENDER_HEADER)?.startsWith(`${renders().secret} `) === true;
}

/** A page whose parts failed may have begun as a good one: it is told apart by the request that asked for it. */
export function recordFailedRender(headers: Readonly<Record<string, unknown>>): void {
  const render = headers[RENDER_HEADER];
  if (typeof render === "string" && render.startsWith(`${renders().secret} `)) renders().failed.add(render);
}

/**
 * Has this server, which is reached at `local`, draw a page for a request of its own, which carries the language and nothing else: so nothing of a
 * reader can stand in it. Null if it could not be drawn.
 */
export async function renderPublicPage(page: PublicPage, local: string): Promise<RenderedPage | null> {
  const render = `${renders().secret} ${randomUUID()}`;
  try {
    const answer = await fetch(`http://${local}${page.path}`, {
      headers: {
        [RENDER_HEADER]: render,
        cookie: `${LOCALE_COOKIE}=${page.locale}`,
        "accept-encoding": "identity",
      },
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(RENDERED_WITHIN_MS),
    });
    const html = await answer.text();
    if (answer.status !== 200 || renders().failed.has(render)) return null;
    const kept = [...answer.headers].filter(([name]) => !NOT_KEPT.has(name));
    return { html: Buffer.from(html), scriptHashes: hashesOf(html), headers: Object.fromEntries(kept) };
  } finally {
    renders().failed.delete(render);
  }
}

function hashesOf(html: string): string[] {
  const written = [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)].flatMap(([, attributes, text]) =>
    text === undefined || / src="/.test(attributes ?? "") ? [] : [text],
  );
  const hashes = written.map((text) => `sha256-${createHash("sha256").update(text).digest("base64")}`);
  return [...new Set(hashes)];
}
