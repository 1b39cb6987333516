/**
 * The content security policy of a page. Scripts run by nonce alone, and what they load by their word. Styles come from
 * our own files: no inline block and no `style` attribute is let in, so that injected markup can neither overlay the page nor
 * read it by selectors (React sets styles through the DOM, which the policy does not touch). `next dev` puts styles inline,
 * evaluates source maps and talks over a socket: only there these are let in.
 */
export function contentSecurityPolicy(
  nonce: string,
  of: { isDevelopment: boolean; isHttps: boolean },
): string {
  const { isDevelopment, isHttps } = of;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
