import type { Instrumentation } from "next";
import { scrubConsole } from "@/lib/health/scrub-console";
import { loggedError } from "@/lib/health/scrub-rules";
import { recordFailedRender } from "@/lib/next/render-public-page";

/** Runs once when a server process starts. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { markPeers } = await import("@/lib/next/mark-peers");
  const { serveKeptPages } = await import("@/lib/next/serve-kept-pages");
  const { closeIdleWhenStopped } = await import("@/lib/next/close-idle");
  markPeers();
  serveKeptPages();
  closeIdleWhenStopped();
  scrubConsole(console);
}

/** One line for each request that failed: the reference that the reader sees (`digest`) beside the id of the request. */
export const onRequestError: Instrumentation.onRequestError = (error, request, { routePath }) => {
  recordFailedRender(request.headers);
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  console.error(
    JSON.stringify({
      level: "error",
      at: new Date().toISOString(),
      digest,
      requestId: request.headers["x-request-id"] ?? null,
      method: request.method,
      // The pattern: the address itself may name a customer.
      route: routePath,
      err: loggedError(error),
    }),
  );
};
