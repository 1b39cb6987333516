import "server-only";

import { notFound } from "next/navigation";
import { database, staffDatabase } from "@/db/client";
import type { StaffRight } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { panelContext, requireContextOfFile, requirePanelContext } from "./context";
import { originOfRequest } from "./visitor";

export type StaffDoor = {
  /** Reads as the role that cannot write. */
  readonly context: Context;
  /** The network address that the look comes from. */
  readonly from: string;
  readonly right: StaffRight;
};

/**
 * What the pages of staff read with: the role that cannot write, and where the look comes from. A stranger is sent to
 * sign in; to everybody else the page does not exist.
 */
export async function requireStaffContext(): Promise<StaffDoor> {
  return (await doorOf(await requirePanelContext())) ?? notFound();
}

/** As `requireStaffContext`, for what is no page: an answer to whoever may not have it. */
export async function staffDoor(): Promise<StaffDoor | Response> {
  const context = await panelContext();
  if (context === null) return new Response(null, { status: 401 });
  return (await doorOf(context)) ?? new Response(null, { status: 404 });
}

/** As `staffDoor`, for files: a stranger is sent to sign in. */
export async function staffDoorOfFile(): Promise<StaffDoor | Response> {
  return (await doorOf(await requireContextOfFile())) ?? new Response(null, { status: 404 });
}

/** For corrections alone, which are written as the application, with the ledger's own rights. Null for who is no staff. */
export async function correctionsDoor(): Promise<(StaffDoor & { write: Context["db"] }) | null> {
  const context = await panelContext();
  const door = context === null ? null : await doorOf(context);
  return door === null ? null : { ...door, write: database().db };
}

async function doorOf({ caller, now }: Context): Promise<StaffDoor | null> {
  if (caller.kind !== "support") return null;
  const { address } = await originOfRequest();
  return { context: { caller, db: staffDatabase().db, now }, from: address, right: caller.right };
}
