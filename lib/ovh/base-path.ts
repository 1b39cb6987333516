/** Where the API's route is, whatever address programs are told. */
export const ROUTE_BASE = "/api/1.0";

/**
 * The route's path for a path below the base path of the public address, or null for any other path. A public address
 * without a path of its own is a proxy's to map: here every page would be below it.
 */
export function routePathOf(publicUrl: string, pathname: string): string | null {
  const base = new URL(publicUrl).pathname.replace(/\/+$/, "");
  if (base === "" || base === ROUTE_BASE || !pathname.startsWith(`${base}/`)) return null;
  return ROUTE_BASE + pathname.slice(base.length);
}

/** A target as the route has it: one that stands below the base path of the public address is led to the route's. */
export function routedTarget(publicUrl: string, target: string): string {
  const [path = ""] = target.split("?");
  const routed = routePathOf(publicUrl, path);
  return routed === null ? target : routed + target.slice(path.length);
}

/**
 * A target below the base without slashes that stand for nothing, at its end or twice in its path. The framework would
 * send their caller elsewhere (308), where his signature does not hold; the API refuses them in its own words.
 */
export function withoutStraySlashes(publicUrl: string, target: string): string {
  if (belowBase(publicUrl, target) === null) return target;
  const [path = "", ...query] = target.split("?");
  return [path.replace(/\/{2,}/g, "/").replace(/\/$/, ""), ...query].join("?");
}

/** What of a request's target, path and query as they came, stands below the base; null when it is written otherwise. */
export function belowBase(publicUrl: string, target: string): string | null {
  const routed = target.startsWith(`${ROUTE_BASE}/`) ? target : routePathOf(publicUrl, target);
  return routed === null ? null : routed.slice(ROUTE_BASE.length);
}
