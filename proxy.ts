import { NextResponse, type NextRequest } from "next/server";
import { apiSettings, currentSettings, isDevelopment, originOf } from "@/lib/env";
import { PATH_HEADER, REQUEST_ID_HEADER } from "@/lib/next/peer";
import { givenRequestId } from "@/lib/next/request-id";
import { contentSecurityPolicy } from "@/lib/next/security";
import { routePathOf } from "@/lib/ovh/base-path";

/**
 * Before every page: a nonce and its policy, and what pages need to know of the request. The headers that never
 * change, and stand on files too, are in next.config.ts.
 */
export function proxy(request: NextRequest): NextResponse {
  const apiPath = routePathOf(apiSettings().publicUrl, request.nextUrl.pathname);
  if (apiPath !== null) return NextResponse.rewrite(new URL(apiPath + request.nextUrl.search, request.url));
  const settings = currentSettings();
  const isHttps = originOf(settings).startsWith("https:");
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const policy = contentSecurityPolicy(nonce, { isDevelopment: isDevelopment(), isHttps });
  const requestId = givenRequestId(request.headers, settings.trustedProxies) ?? crypto.randomUUID();

  const received = new Headers(request.headers);
  // The framework reads the nonce from here and puts it on each of its scripts.
  received.set("Content-Security-Policy", policy);
  received.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  received.set(REQUEST_ID_HEADER, requestId);

  const response = NextResponse.next({ request: { headers: received } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set(REQUEST_ID_HEADER, requestId);
  response.headers.set("Cache-Control", "private, no-store");
  if (isHttps) response.headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  return response;
}

export const config = {
  // Not the HTTP API, whose answers are no pages and name their request themselves, and not the files that the framework serves.
  matcher: ["/((?!api/|_next/static|_next/image|icon.svg|favicon.ico).*)"],
};
