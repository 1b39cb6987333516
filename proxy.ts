import { NextResponse, type NextRequest } from "next/server";
import { isDevelopment, originOf, type Settings } from "@/lib/env";
import { answerKeptPage } from "@/lib/next/answer-kept-page";
import { headersOfEach } from "@/lib/next/headers-of-each";
import { keptPageOf } from "@/lib/next/kept-pages";
import { LOCAL_HEADER, PATH_HEADER, REQUEST_ID_HEADER, TARGET_HEADER } from "@/lib/next/peer";
import { publicPageOf } from "@/lib/next/public-page";
import { isRender } from "@/lib/next/render-public-page";
import { contentSecurityPolicy } from "@/lib/next/security";
import { serverSettings } from "@/lib/next/settings";
import { holdsNul } from "@/lib/nul";

/**
 * Before every page: a nonce and its policy, and what pages need to know of the request. A page that all strangers see
 * alike is drawn once, and kept for those who come after: they are answered before they come here. The headers that never change, and stand on files too, are in
 * next.config.ts.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const headerOf = (name: string) => request.headers.get(name);
  // Drawn to be kept: a nonce would be everybody's.
  if (isRender(headerOf)) return NextResponse.next();
  const target = headerOf(TARGET_HEADER) ?? "";
  if (holdsNul(target)) return new Response("An address has no NUL characters.\n", NUL_REFUSED);
  const page = publicPageOf({ method: request.method, target, headerOf });
  if (page !== null && !isDevelopment()) {
    const kept = await keptPageOf(page, headerOf(LOCAL_HEADER) ?? "");
    if (kept !== null) return answerKeptPage(kept, headerOf);
  }
  return drawnForOne(request, serverSettings());
}

const NUL_REFUSED = {
  status: 400,
  headers: { "Content-Type": "text/plain; charset=utf-8", "Content-Security-Policy": "default-src 'none'" },
};

function drawnForOne(request: NextRequest, settings: Settings): Response {
  const isHttps = originOf(settings).startsWith("https:");
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const policy = contentSecurityPolicy(
    { nonce },
    { isDevelopment: isDevelopment(), isHttps, showsMails: request.nextUrl.pathname === "/outbox" },
  );
  const answered = headersOfEach((name) => request.headers.get(name), settings);

  const received = new Headers(request.headers);
  // The framework reads the nonce from here and puts it on each of its scripts.
  received.set("Content-Security-Policy", policy);
  received.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  received.set(REQUEST_ID_HEADER, answered[REQUEST_ID_HEADER] ?? "");

  const response = NextResponse.next({ request: { headers: received } });
  for (const [name, value] of Object.entries(answered)) response.headers.set(name, value);
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

export const config = {
  // Not the HTTP API, whose answers are no pages and name their request themselves, not the mails of the outbox, which
  // have a policy of their own, and not the files that the framework serves.
  matcher: ["/((?!api/|cgi-bin/|outbox/html/|_next/static|_next/image|icon.svg|favicon.ico).*)"],
};
