import { readiness } from "@/lib/health/metrics-service";
import { healthContext } from "@/lib/next/health";

export const dynamic = "force-dynamic";

/** 200 when requests can be answered, else 503. Says whether a worker lives, which does not decide. */
export async function GET(): Promise<Response> {
  const { isReady, readiness: found } = await readiness(healthContext());
  return Response.json(
    { status: isReady ? "ready" : "not ready", ...found },
    { status: isReady ? 200 : 503 },
  );
}
