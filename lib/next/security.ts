/** What lets the scripts of a page in: a nonce that no other answer has, or the hash of each script that stands in it. */
export type ScriptsAllowed = { readonly nonce: string } | { readonly hashes: readonly string[] };

/**
 * The content security policy of a page. Scripts run by nonce alone, and what they load by their word; in a page that is
 * kept for many readers, those written into it run by their hashes, and beside them our own files. Styles come from
 * our own files: no inline block and no `style` attribute is let in, so that injected markup can neither overlay the page nor
 * read it by selectors (React sets styles through the DOM, which the policy does not touch). `next dev` puts styles inline,
 * evaluates source maps and talks over a socket: only there these are let in.
 */
export function contentSecurityPolicy(
  scripts: ScriptsAllowed,
  of: { isDevelopment: boolean; isHttps: boolean; showsMails?: boolean },
): string {
  const { isDevelopment, isHttps, showsMails = false } = of;
  const sources =
    "nonce" in scripts
      ? `'nonce-${scripts.nonce}' 'strict-dynamic'`
      : ["'self'", ...scripts.hashes.map((hash) => `'${hash}'`)].join(" ");
  return [
    "default-src 'none'",
    `script-src ${sources}${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // Each mail of the outbox in a frame of its own, with a policy of its own.
    ...(showsMails ? ["frame-src 'self'"] : []),
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
