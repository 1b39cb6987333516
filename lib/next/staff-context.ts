import "server-only";

import { notFound } from "next/navigation";
import { database, staffDatabase } from "@/db/client";
import type { StaffRight } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { panelContext, requireContextOfFile, requirePanelContext } from "./context";
import { originOfRequest } from "./visitor";

export type StaffRequest = {
  /** Reads as the role that cannot write. */
  readonly context: Context;
  /** The network address that the request comes from. */
  readonly from: string;
  readonly right: StaffRight;
};

/**
 * What the pages of staff read with: the role that cannot write, and where the request comes from. A stranger is sent to
 * sign in; to everybody else the page does not exist.
 */
export async function requireStaffContext(): Promise<StaffRequest> {
  return (await staffRequestOf(await requirePanelContext())) ?? notFound();
}

/** As `requireStaffContext`, for what is no page: an answer to whoever may not have it. */
export async function staffRequest(): Promise<StaffRequest | Response> {
  const context = await panelContext();
  if (context === null) return new Response(null, { status: 401 });
  return (await staffRequestOf(context)) ?? new Response(null, { status: 404 });
}

/** As `staffRequest`, for files: a stranger is sent to sign in. */
export async function staffFileRequest(): Promise<StaffRequest | Response> {
  return (await staffRequestOf(await requireContextOfFile())) ?? new Response(null, { status: 404 });
}

/** For corrections alone, which are written as the application, with the ledger's own rights. Null for who is no staff. */
export async function correctionsRequest(): Promise<(StaffRequest & { write: Context["db"] }) | null> {
  const context = await panelContext();
  const staff = context === null ? null : await staffRequestOf(context);
  return staff === null ? null : { ...staff, write: database().db };
}

async function staffRequestOf({ caller, now }: Context): Promise<StaffRequest | null> {
  if (caller.kind !== "support") return null;
  const { address } = await originOfRequest();
  return { context: { caller, db: staffDatabase().db, now }, from: address, right: caller.right };
}
