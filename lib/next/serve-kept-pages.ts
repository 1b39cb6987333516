import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { isDevelopment } from "@/lib/env";
import { writeKeptPage } from "./answer-kept-page";
import { hasServer, REQUEST_STARTS } from "./http-messages";
import { keptPageNow } from "./kept-pages";
import { publicPageOf } from "./public-page";
import { isRender } from "./render-public-page";

/**
 * Answers requests for pages that are kept before the framework hears of them. It could not answer with what is
 * compressed already: it takes the name of the encoding off every answer, and compresses it by itself.
 */
export function serveKeptPages(): void {
  if (isDevelopment()) return;
  const known = new WeakSet<Server>();
  subscribe(REQUEST_STARTS, (message) => {
    if (!hasServer(message) || known.has(message.server)) return;
    known.add(message.server);
    standBefore(message.server);
  });
}

function standBefore(server: Server): void {
  const others = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (isAnswered(request, response)) return;
    for (const listener of others) Reflect.apply(listener, server, [request, response]);
  });
}

function isAnswered(request: IncomingMessage, response: ServerResponse): boolean {
  const headerOf = (name: string) => request.headers[name]?.toString() ?? null;
  const page = publicPageOf({ method: request.method ?? "", target: request.url ?? "", headerOf });
  const kept = page === null || isRender(headerOf) ? null : keptPageNow(page);
  if (kept === null) return false;
  writeKeptPage(kept, headerOf, response).catch((error: unknown) => {
    response.destroy(error instanceof Error ? error : undefined);
  });
  return true;
}
