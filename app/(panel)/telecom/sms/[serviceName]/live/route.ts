import { getNews, watchAccount } from "@/lib/accounts/watch-service";
import { ownAccountKey } from "@/lib/next/account";
import { panelContext } from "@/lib/next/context";
import { eventStream } from "@/lib/next/event-stream";

const HEADERS = { "cache-control": "no-cache, no-store, no-transform" };

/** The news of an account: a stream of events to a browser that takes one, else the news of this moment. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/telecom/sms/[serviceName]/live">,
): Promise<Response> {
  const context = await panelContext();
  if (context === null) return new Response(null, { status: 401, headers: HEADERS });
  const key = ownAccountKey(context.caller, (await params).serviceName);
  if (key === null) return new Response(null, { status: 404, headers: HEADERS });

  if (request.headers.get("accept") !== "text/event-stream") {
    const news = await getNews(context, key);
    return news.ok
      ? Response.json(news.value, { headers: HEADERS })
      : new Response(null, { status: 404, headers: HEADERS });
  }
  const stream = eventStream(request.signal);
  const watch = await watchAccount(context, key, { onNews: stream.send, onLost: stream.close });
  if (!watch.ok) {
    stream.close();
    return new Response(null, { status: 404, headers: HEADERS });
  }
  stream.onEnd(watch.value.stop);
  return new Response(stream.body, {
    headers: { ...HEADERS, "content-type": "text/event-stream", "x-accel-buffering": "no" },
  });
}
