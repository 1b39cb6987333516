import { estimateByList } from "@/lib/destinations/estimate-service";
import { LONGEST_RECIPIENTS_TEXT, LONGEST_TEXT } from "@/lib/messages/rules";
import { strangerContext } from "@/lib/next/context";

/** In bytes of JSON, where a character may take six. */
const LONGEST_BODY = 6 * (LONGEST_RECIPIENTS_TEXT + LONGEST_TEXT);

/** What a message would cost by a price list, while it is being written. Public, as the price list is. */
export async function POST(request: Request): Promise<Response> {
  if (Number(request.headers.get("content-length") ?? 0) > LONGEST_BODY) {
    return new Response(null, { status: 413 });
  }
  const body: unknown = await request.json().catch(() => undefined);
  const result = await estimateByList(strangerContext(), body, "Europe/Rome");
  if (result.ok) return Response.json(result.value, { headers: { "cache-control": "no-store" } });
  return Response.json(result.failure, { status: result.failure.code === "not_found" ? 404 : 400 });
}
