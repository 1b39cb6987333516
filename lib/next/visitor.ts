import "server-only";

import { parseSetCookieHeader } from "better-auth/cookies";
import type { Route } from "next";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { addressOf, type Origin } from "@/lib/access/rules";
import { accessSettings } from "@/lib/env";
import { PEER_HEADER } from "./peer";

/** Where this request comes from, as far as it can be vouched for. */
export async function originOfRequest(): Promise<Origin> {
  const received = await headers();
  const { trustedProxies } = accessSettings();
  return {
    address: addressOf(received.get(PEER_HEADER), received.get("x-forwarded-for"), trustedProxies),
    userAgent: received.get("user-agent")?.slice(0, 300) ?? null,
    device: (await cookies()).get(deviceCookie())?.value.slice(0, 100) ?? null,
  };
}

const isSecure = (): boolean => accessSettings().origin.startsWith("https:");
const deviceCookie = (): string => `${isSecure() ? "__Host-" : ""}ricarica.device`;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Lets this browser be known at its next sign-in. In actions and route handlers only. */
export async function keepDevice(mark: string): Promise<void> {
  (await cookies()).set(deviceCookie(), mark, {
    path: "/",
    httpOnly: true,
    secure: isSecure(),
    sameSite: "lax",
    maxAge: YEAR_SECONDS,
  });
}

/** Passes on the cookies that the sign-in library wants set. In actions and route handlers only. */
export async function passCookies(setCookies: readonly string[]): Promise<void> {
  const jar = await cookies();
  for (const line of setCookies) {
    for (const [name, cookie] of parseSetCookieHeader(line)) {
      jar.set(name, cookie.value, {
        path: cookie.path ?? "/",
        httpOnly: cookie.httponly ?? false,
        secure: cookie.secure ?? false,
        sameSite: cookie.samesite ?? "lax",
        ...(cookie["max-age"] === undefined ? {} : { maxAge: cookie["max-age"] }),
      });
    }
  }
}

/** Leaves for a path that is only known at run time, and was found to be ours. */
export function goTo(path: string): never {
  // Safe because a path without a page answers "not found", which is right for a path that somebody typed.
  redirect(path as Route);
}
