import { admitCallFrom } from "@/lib/credentials/admission-service";
import { LARGEST_ESTIMATE_BYTES } from "@/lib/destinations/estimate-schema";
import { estimateByList } from "@/lib/destinations/estimate-service";
import { fail } from "@/lib/failure";
import { apiServerFor } from "@/lib/next/api-server";
import { parseJson, readBody } from "@/lib/ovh/body";

/**
 * What a message would cost by a price list, while it is being written. Public, as the price list is; since numbers take
 * long to read, it takes few of them, and each network address has the calls of the API.
 */
export async function POST(request: Request): Promise<Response> {
  const server = apiServerFor(request);
  const most = server.settings.callsPerMinuteOfAddress;
  const admission = await admitCallFrom(server, `address:${server.address}`, most);
  if (admission.kind === "too_many") {
    const { retryAfterSeconds } = admission;
    const { failure } = fail({ code: "too_many_requests", retryAfterSeconds });
    const headers = { "retry-after": retryAfterSeconds.toString() };
    return Response.json(failure, { status: 429, headers });
  }
  const bytes = await readBody(request, LARGEST_ESTIMATE_BYTES);
  if (bytes === null) return new Response(null, { status: 413 });
  const body = parseJson(bytes);
  const result = await estimateByList(server, body.ok ? body.value : undefined, "Europe/Rome");
  if (result.ok) return Response.json(result.value, { headers: { "cache-control": "no-store" } });
  return Response.json(result.failure, { status: result.failure.code === "not_found" ? 404 : 400 });
}
