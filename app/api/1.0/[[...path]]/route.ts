import { apiServerFor } from "@/lib/next/api-server";
import { answerApiRequest } from "@/lib/ovh/handle";

/** The whole API: which call it is, and who may make it, is decided in one place, in the wire's own words. */
function answer(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  return answerApiRequest(request, pathname.replace(BASE_PATH, "") + search, apiServerFor(request));
}

const BASE_PATH = /^\/api\/1\.0/;

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
