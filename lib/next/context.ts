import "server-only";

import { headers } from "next/headers";
import { cache } from "react";
import { database } from "@/db/client";
import { isUnavailable } from "@/db/errors";
import { requestIsOf } from "@/lib/request-scope";
import { safeReturnPath, type Person } from "@/lib/access/rules";
import { personOf } from "@/lib/access/session";
import { type Context, contextOfPage } from "@/lib/context";
import { PATH_HEADER } from "./peer";
import { goTo } from "./visitor";

const UNAVAILABLE = "unavailable";

/** Who is signed in, for what the shell draws; null for a stranger. Asked once in each request. */
export const panelPerson = cache(async (): Promise<Person | null> => {
  const received = await headers();
  try {
    const person = await personOf(database().db, received);
    requestIsOf(person?.customerId ?? null);
    return person;
  } catch (error) {
    throw unavailable(error);
  }
});

/** What every verb is called with, from the session of this request; null for a stranger. */
export const panelContext = cache(async (): Promise<Context | null> => {
  const person = await panelPerson();
  return person === null ? null : { caller: person.caller, db: database().db, now: () => new Date() };
});

/** What the sign-in works with: nobody is calling yet. */
export function strangerContext(): Pick<Context, "db" | "now"> {
  return { db: database().db, now: () => new Date() };
}

/** Could the database not be reached, so that the same may be tried again later? */
export function isUnreachable(error: unknown): boolean {
  return isUnavailable(error);
}

/** As `panelContext`, for pages: a stranger is sent to sign in, and comes back to the page asked for. */
export async function requirePanelContext(): Promise<Context> {
  return (await contextOfThisPage()) ?? goToSignIn();
}

const contextOfThisPage = cache(async (): Promise<Context | null> => {
  const context = await panelContext();
  return context && contextOfPage(context);
});

/** As `requirePanelContext`, for files: a stranger comes back to the page that offers the file, which stands above it. */
export async function requireContextOfFile(): Promise<Context> {
  return (await panelContext()) ?? goToSignIn((asked) => asked.replace(/\/export(?=\?|$)/, ""));
}

/** Sends a stranger to sign in; the page that was asked for is where he lands afterwards. */
export async function goToSignIn(pageOf = (asked: string): string => asked): Promise<never> {
  const asked = safeReturnPath(pageOf((await headers()).get(PATH_HEADER) ?? ""));
  goTo(asked === "/" ? "/sign-in" : `/sign-in?return=${encodeURIComponent(asked)}`);
}

/**
 * Marks an error so that the page of errors says "unavailable" rather than "something went wrong": of an error, the
 * framework tells the browser nothing but its `digest`, and keeps one that is there.
 */
function unavailable(cause: unknown): Error {
  return Object.assign(new Error("the session could not be read", { cause }), { digest: UNAVAILABLE });
}
