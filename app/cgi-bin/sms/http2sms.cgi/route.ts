import { apiServerFor } from "@/lib/next/api-server";
import { TARGET_HEADER } from "@/lib/next/peer";
import { answerHttp2sms } from "@/lib/ovh/http2sms";

/** The script by which old programs send, with a login and a password in the query or in a form. */
function answer(request: Request): Promise<Response> {
  const target = request.headers.get(TARGET_HEADER) ?? "";
  const mark = target.indexOf("?");
  return answerHttp2sms(request, mark < 0 ? "" : target.slice(mark + 1), apiServerFor(request));
}

// HEAD and OPTIONS too: the framework would answer the one by a GET, which sends.
export { answer as GET, answer as HEAD, answer as OPTIONS, answer as POST };
