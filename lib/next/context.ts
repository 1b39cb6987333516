import "server-only";

import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { database } from "@/db/client";
import type { Person } from "@/lib/access/rules";
import { personOf } from "@/lib/access/session";
import type { Context } from "@/lib/context";

/** Who is signed in, for what the shell draws; null for a stranger. Asked once in each request. */
export const panelPerson = cache(async (): Promise<Person | null> => personOf(database().db, await headers()));

/** What every verb is called with, from the session of this request; null for a stranger. */
export const panelContext = cache(async (): Promise<Context | null> => {
  const person = await panelPerson();
  return person === null ? null : { caller: person.caller, db: database().db, now: () => new Date() };
});

/** As `panelContext`, for pages: a stranger is sent to sign in, and comes back to the page asked for. */
export async function requirePanelContext(): Promise<Context> {
  const context = await panelContext();
  if (context !== null) return context;
  const asked = (await headers()).get("x-ricarica-path") ?? "";
  const query = asked === "" || asked === "/" ? "" : `?return=${encodeURIComponent(asked)}`;
  // Safe because the page exists whatever its query: the type only knows the path.
  redirect(`/sign-in${query}` as Route);
}
