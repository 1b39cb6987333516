import { LONGEST_RECIPIENTS_TEXT, LONGEST_TEXT } from "@/lib/messages/rules";
import { estimate } from "@/lib/messages/service";
import { ownAccountKey } from "@/lib/next/account";
import { panelContext } from "@/lib/next/context";

/** In bytes of JSON, where a character may take six. */
const LONGEST_BODY = 6 * (LONGEST_RECIPIENTS_TEXT + LONGEST_TEXT);

/** What a message would cost, while it is being written. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/telecom/sms/[serviceName]/send/estimate">,
): Promise<Response> {
  const context = await panelContext();
  if (context === null) return new Response(null, { status: 401 });
  const key = ownAccountKey(context.caller, (await params).serviceName);
  if (key === null) return new Response(null, { status: 404 });
  if (Number(request.headers.get("content-length") ?? 0) > LONGEST_BODY) {
    return new Response(null, { status: 413 });
  }
  const body: unknown = await request.json().catch(() => undefined);
  const result = await estimate(context, key, body);
  if (result.ok) return Response.json(result.value, { headers: { "cache-control": "no-store" } });
  return Response.json(result.failure, { status: result.failure.code === "not_found" ? 404 : 400 });
}
