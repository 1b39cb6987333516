import { apiServerFor } from "@/lib/next/api-server";
import { TARGET_HEADER } from "@/lib/next/peer";
import { belowBase, ROUTE_BASE } from "@/lib/ovh/base-path";
import { answerApiRequest } from "@/lib/ovh/handle";

/** The whole API: which call it is, and who may make it, is decided in one place, in the wire's own words. */
function answer(request: Request): Promise<Response> {
  const server = apiServerFor(request);
  const { pathname, search } = new URL(request.url);
  const below = belowBase(server.settings.publicUrl, request.headers.get(TARGET_HEADER) ?? "");
  return answerApiRequest(request, below ?? pathname.slice(ROUTE_BASE.length) + search, server);
}

// Every method, so that one that a path lacks is refused in the wire's words too.
export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
