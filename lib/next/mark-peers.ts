import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { beginRequest } from "@/lib/request-scope";
import { apiSettings } from "@/lib/env";
import { routedTarget } from "@/lib/ovh/base-path";
import { hasRequest, REQUEST_STARTS } from "./http-messages";
import { FORWARDED_HEADER, LOCAL_HEADER, PEER_HEADER, TARGET_HEADER } from "./peer";
import { readableTarget } from "./readable-target";

/**
 * Writes the address at the other end of the connection onto each request, before the framework sees it, and the target
 * as it came. Pages get no socket, and X-Forwarded-For says whatever its sender likes: the framework fills it in only
 * where it is missing. Here, too, calls are led to the route of the API: where a proxy of the framework does so, a server
 * that listens on 127.0.0.1 sends the request to itself once more (its issue 94745).
 */
export function markPeers(): void {
  const { publicUrl } = apiSettings();
  subscribe(REQUEST_STARTS, (message) => {
    if (!hasRequest(message)) return;
    const { request, response } = message;
    sayUnavailable(response, beginRequest());
    const isForwarded = "x-forwarded-for" in request.headers || "forwarded" in request.headers;
    request.headers[FORWARDED_HEADER] = isForwarded ? "yes" : "no";
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "unknown";
    request.headers[LOCAL_HEADER] = localAddressOf(request.socket);
    request.headers[TARGET_HEADER] = request.url ?? "";
    request.url = routedTarget(publicUrl, readableTarget(request.url ?? "/"));
    // The framework's requests refuse to be a TRACE, and it answers 500. No path of ours takes either.
    if (request.method === "TRACE") request.method = "OPTIONS";
  });
}

/** The framework answers whatever it does not expect with 500. What will pass by itself is a 503. */
function sayUnavailable(response: ServerResponse, scope: { readonly wasUnavailable: () => boolean }): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: unknown[]
  ) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || !scope.wasUnavailable()) return writeHead(status, ...rest);
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    return writeHead(503, ...rest);
  };
}

const RETRY_AFTER_SECONDS = 2;

function localAddressOf({ localAddress = "", localPort = 0 }: Socket): string {
  const host = localAddress.includes(":") ? `[${localAddress}]` : localAddress;
  return `${host}:${localPort.toString()}`;
}
