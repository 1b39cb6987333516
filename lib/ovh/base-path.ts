/** Where the API's route is, whatever address programs are told. */
export const ROUTE_BASE = "/api/1.0";

/**
 * What of a target, path and query byte for byte, stands below the base path of the public address or below the
 * route's own; null when neither does. Of two bases that both fit, the longer says more. A public address without a
 * path of its own is a proxy's to map: here every page would be below it.
 */
export function belowBase(publicUrl: string, target: string): string | null {
  const own = new URL(publicUrl).pathname.replace(/\/+$/, "");
  const bases = own.length > ROUTE_BASE.length ? [own, ROUTE_BASE] : [ROUTE_BASE, own];
  const base = bases.find((one) => one !== "" && target.startsWith(`${one}/`));
  return base === undefined ? null : target.slice(base.length);
}

/** Where programs that know nothing else send from: below the origin, or below the base of the API. */
export const HTTP2SMS_PATH = "/cgi-bin/sms/http2sms.cgi";

/** A target as the route has it. What stands below no base, and asks for a page, stays as it is. */
export function routedTarget(publicUrl: string, target: string): string {
  const below = belowBase(publicUrl, target);
  if (below === null) return target;
  const plain = withoutStraySlashes(below);
  return plain.split("?")[0] === HTTP2SMS_PATH ? plain : ROUTE_BASE + plain;
}

/**
 * Without slashes that stand for nothing, at the end of the path or twice in it. The framework would send their caller
 * elsewhere (308), where his signature does not hold; the API reads the target as it came.
 */
function withoutStraySlashes(below: string): string {
  const [path = "", ...query] = below.split("?");
  return [path.replace(/\/{2,}/g, "/").replace(/\/$/, ""), ...query].join("?");
}
