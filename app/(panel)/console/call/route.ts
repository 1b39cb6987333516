import { z } from "zod";
import { panelContext } from "@/lib/next/context";
import { apiServerFor } from "@/lib/next/api-server";
import { LARGEST_BODY_BYTES } from "@/lib/ovh/body";
import { answerConsoleCall } from "@/lib/ovh/console";

const ConsoleRequest = z.object({
  method: z.string().max(10),
  below: z
    .string()
    .max(4000)
    .regex(/^\/[\x21-\x7e]*$/),
  body: z.string().max(LARGEST_BODY_BYTES),
  applicationKey: z
    .string()
    .regex(/^[\x21-\x7e]*$/)
    .max(100)
    .nullable(),
  idempotencyKey: z.string().max(100).nullable(),
});

/**
 * Makes a call in the reader's name. No other site can make a reader's browser ask this: a header of ours needs a
 * permission that is never given, and the session's cookie does not leave for other sites' posts.
 */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get("x-ricarica-console") !== "1") return new Response(null, { status: 403 });
  const context = await panelContext();
  if (context === null) return new Response(null, { status: 401 });
  if (context.caller.kind !== "customer") return new Response(null, { status: 403 });
  if (Number(request.headers.get("content-length") ?? 0) > 2 * LARGEST_BODY_BYTES) {
    return new Response(null, { status: 413 });
  }
  const parsed = ConsoleRequest.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return new Response(null, { status: 400 });
  const answer = await answerConsoleCall(parsed.data, context.caller, apiServerFor(request));
  // In an envelope, so that the headers shown are those of the API and not of the panel.
  return Response.json(
    { status: answer.status, headers: [...answer.headers], body: await answer.text() },
    { headers: { "cache-control": "no-store" } },
  );
}
