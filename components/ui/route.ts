import type { Route } from "next";

/**
 * A path that is put together, as a link takes it: `route(`/telecom/sms/${serviceName}/send`)`. That there is such a
 * page is checked where it is called.
 */
export function route<Path extends string>(path: Route<Path>): Route {
  // Safe because `Route<Path>` is a path that exists, and `Route` any of them.
  return path as Route;
}
