import { createHash, timingSafeEqual } from "node:crypto";

/** What a signature is made of, beside the url. `body` holds the bytes that came, never a re-encoding of them. */
export type SignedRequest = {
  readonly applicationSecret: string;
  readonly consumerKey: string;
  readonly method: string;
  readonly body: Uint8Array;
  /** As the header carried it. */
  readonly timestamp: string;
};

const SIGNATURE_FORM = /^\$1\$[0-9a-f]{40}$/;
const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** The signature of one url, as the official clients make it: "$1$" and forty hexadecimal digits. */
export function signatureOf(request: SignedRequest, url: string): string {
  const { applicationSecret, consumerKey, method, body, timestamp } = request;
  const digest = createHash("sha1")
    .update(`${applicationSecret}+${consumerKey}+${method}+${url}+`)
    .update(body)
    .update(`+${timestamp}`)
    .digest("hex");
  return `$1$${digest}`;
}

/**
 * All ways in which a client may write the configured public base url: with and without its port, since the Node
 * clients leave it out, and with https for http, since they always say https. A loopback address stands for its
 * other names too. Nothing here comes from a request, so a forged Host header widens nothing.
 */
export function formsOfBaseUrl(publicUrl: string): readonly string[] {
  if (known?.publicUrl !== publicUrl) known = { publicUrl, forms: makeForms(publicUrl) };
  return known.forms;
}

/** There is one address in a process; it is taken apart once. */
let known: { readonly publicUrl: string; readonly forms: readonly string[] } | undefined;

function makeForms(publicUrl: string): readonly string[] {
  const url = new URL(publicUrl);
  const path = url.pathname.replace(/\/+$/, "");
  const names = LOOPBACK_NAMES.includes(url.hostname) ? LOOPBACK_NAMES : [url.hostname];
  const forms = new Set<string>();
  for (const protocol of [url.protocol, "https:"]) {
    // URL drops a port that is the protocol's own; some clients write it all the same.
    const port = url.port === "" ? (protocol === "https:" ? "443" : "80") : url.port;
    for (const name of names) {
      forms.add(`${protocol}//${name}${path}`);
      forms.add(`${protocol}//${name}:${port}${path}`);
    }
  }
  return [...forms];
}

/**
 * Whether `given` signs this request under one of the urls. Each candidate is compared in constant time and none is
 * skipped, so the time says nothing about how near a guess came.
 */
export function isSignedBy(request: SignedRequest, urls: readonly string[], given: string): boolean {
  if (!SIGNATURE_FORM.test(given)) return false;
  const presented = Buffer.from(given);
  let matches = false;
  for (const url of urls) {
    const expected = Buffer.from(signatureOf(request, url));
    if (timingSafeEqual(expected, presented)) matches = true;
  }
  return matches;
}

/** Whether a timestamp of a header lies within `skewSeconds` of the clock, either way. Anything but digits does not. */
export function isTimely(timestamp: string, now: Date, skewSeconds: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const nowSeconds = Math.floor(now.getTime() / 1000);
  return Math.abs(Number(timestamp) - nowSeconds) <= skewSeconds;
}
