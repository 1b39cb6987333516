import "server-only";

import { notFound } from "next/navigation";
import { staffDatabase } from "@/db/client";
import type { Context } from "@/lib/context";
import { requirePanelContext } from "./context";
import { originOfRequest } from "./visitor";

/**
 * What the pages of staff read with: the role that cannot write, and where the look comes from. A stranger is sent to
 * sign in; to everybody else the page does not exist.
 */
export async function requireStaffContext(): Promise<{ readonly context: Context; readonly from: string }> {
  const { caller, now } = await requirePanelContext();
  if (caller.kind !== "support") notFound();
  const { address } = await originOfRequest();
  return { context: { caller, db: staffDatabase().db, now }, from: address };
}
