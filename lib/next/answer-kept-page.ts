import type { ServerResponse } from "node:http";
import { originOf } from "@/lib/env";
import { headersOfEach } from "./headers-of-each";
import { type PageEncoding, ENCODINGS, type KeptPage } from "./page-cache";
import { contentSecurityPolicy } from "./security";
import { serverSettings } from "./settings";

type HeaderOf = (name: string) => string | null;

/** Answers with a page that is kept for all strangers, as it is: the framework compresses what its proxy answers. */
export function answerKeptPage(kept: KeptPage, headerOf: HeaderOf): Response {
  const headers = headersOf(kept, headerOf);
  return isSameAs(headerOf("if-none-match"), kept.etag)
    ? new Response(null, { status: 304, headers })
    : new Response(new Uint8Array(kept.html), { headers });
}

/** As above, where nothing stands between us and the browser: in the encoding that it takes. */
export async function writeKeptPage(
  kept: KeptPage,
  headerOf: HeaderOf,
  response: ServerResponse,
): Promise<void> {
  const headers = headersOf(kept, headerOf);
  if (isSameAs(headerOf("if-none-match"), kept.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const encoding = encodingFor(headerOf("accept-encoding"));
  const body = encoding === null ? kept.html : await kept.compressed(encoding);
  const ofBody = {
    "content-length": body.byteLength.toString(),
    ...(encoding !== null && { "content-encoding": encoding }),
  };
  response.writeHead(200, { ...headers, ...ofBody }).end(body);
}

function headersOf(kept: KeptPage, headerOf: HeaderOf): Record<string, string> {
  const settings = serverSettings();
  const isHttps = originOf(settings).startsWith("https:");
  const { vary, ...ofFramework } = kept.headers;
  const ofReader = "Cookie, Accept-Language, Accept-Encoding";
  return {
    ...ofFramework,
    // Each reader's browser keeps the page and asks each time whether it still holds: who signs in sees another.
    "cache-control": "private, no-cache",
    "content-security-policy": contentSecurityPolicy(
      { hashes: kept.scriptHashes },
      { isDevelopment: false, isHttps },
    ),
    etag: kept.etag,
    vary: vary === undefined ? ofReader : `${vary}, ${ofReader}`,
    ...headersOfEach(headerOf, settings),
  };
}

/** The best that both know; null for none. */
export function encodingFor(accepted: string | null): PageEncoding | null {
  const refused = /;\s*q=0(\.0*)?\s*$/;
  const known = (accepted ?? "")
    .split(",")
    .flatMap((entry) => (refused.test(entry) ? [] : [entry.split(";")[0]?.trim()]));
  return ENCODINGS.find((encoding) => known.includes(encoding)) ?? null;
}

/** Is the page among those that the browser has? */
export function isSameAs(ifNoneMatch: string | null, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch?.split(",").some((tag) => opaque(tag) === opaque(etag)) === true;
}
