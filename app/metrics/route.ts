import { metricsText } from "@/lib/health/metrics-service";
import { healthContext, mayReadFigures } from "@/lib/next/health";

export const dynamic = "force-dynamic";

/** For Prometheus: from this machine, or with the operator's token. */
export async function GET(request: Request): Promise<Response> {
  if (!mayReadFigures(request)) {
    return new Response("From this machine only, or with the token of METRICS_TOKEN.\n", { status: 403 });
  }
  const text = await metricsText(healthContext());
  return new Response(text, { headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" } });
}
