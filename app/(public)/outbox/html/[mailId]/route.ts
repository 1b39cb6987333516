import { listOutbox } from "@/lib/mail/service";
import { strangerContext } from "@/lib/next/context";
import { serverSettings } from "@/lib/next/settings";

/** A mail carries its styles within. Nothing else of it runs or is fetched, and only our own page shows it in a frame. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/** The HTML of one mail of the outbox, as a mailbox would show it. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/outbox/html/[mailId]">,
): Promise<Response> {
  const { mailId } = await params;
  const letters = serverSettings().mail === null ? await listOutbox(strangerContext()) : [];
  const letter = letters.find((one) => one.mailId === mailId);
  if (letter === undefined) return new Response(null, { status: 404 });
  return new Response(letter.htmlBody, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": POLICY,
      "Cache-Control": "private, no-store",
    },
  });
}
