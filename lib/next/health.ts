import "server-only";

import { createHash, timingSafeEqual } from "node:crypto";
import { healthDatabase } from "@/db/client";
import { currentSettings } from "@/lib/env";
import { createLog } from "@/lib/health/log";
import { mayReadMetrics } from "@/lib/health/rules";
import { FORWARDED_HEADER, PEER_HEADER } from "./peer";

declare global {
  var ricaricaServerLog: ReturnType<typeof createLog> | undefined;
}

/** The server's log. */
export function serverLog(): ReturnType<typeof createLog> {
  return (globalThis.ricaricaServerLog ??= createLog("server", currentSettings().logLevel));
}

/** What the pages of the operator work with. */
export function healthContext() {
  return { db: healthDatabase().db, now: () => new Date() };
}

/** May this request read the figures? */
export function mayReadFigures({ headers }: Request): boolean {
  const request = {
    peer: headers.get(PEER_HEADER),
    isForwarded: headers.get(FORWARDED_HEADER) !== "no",
    authorization: headers.get("authorization"),
  };
  return mayReadMetrics(request, currentSettings().metricsToken, isSameSecret);
}

function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
