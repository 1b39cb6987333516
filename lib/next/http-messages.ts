import { type IncomingMessage, Server, type ServerResponse } from "node:http";

/** What Node says of a request on its channel `http.server.request.start`, before anybody hears of it. */
export const REQUEST_STARTS = "http.server.request.start";

export function hasRequest(
  message: unknown,
): message is { request: IncomingMessage; response: ServerResponse } {
  return typeof message === "object" && message !== null && "request" in message && "response" in message;
}

export function hasServer(message: unknown): message is { server: Server } {
  return (
    typeof message === "object" && message !== null && "server" in message && message.server instanceof Server
  );
}
