import "server-only";

import type { Database } from "@/db/client";
import { authOn } from "./auth-store";
import { bringsSession, callerOf, isRole, type Person } from "./rules";

/** Who sent a request with these headers, by the cookie of a session that has not ended; null for a stranger. */
export async function personOf(db: Database, headers: Headers): Promise<Person | null> {
  // Without any session cookie there is nothing to ask the database.
  if (!bringsSession(headers.get("cookie"))) return null;
  const found = await authOn(db).api.getSession({ headers, query: { disableRefresh: true } });
  if (found === null || !isRole(found.user.role)) return null;
  const { id: userId, name, email, role } = found.user;
  const customerId = found.user.customerId ?? null;
  const caller = callerOf({ userId, role, customerId });
  return caller === null
    ? null
    : { userId, name, email, role, customerId, sessionId: found.session.id, caller };
}
