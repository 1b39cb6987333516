import { subscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";
import { hasServer, REQUEST_STARTS } from "./http-messages";

const POLL_EVERY_MS = 50;

/**
 * A server that is told to stop waits for its connections to end. One that answered a request since is kept open for
 * another one, which a browser may well hold back for longer than the starter waits: it is closed once it is idle.
 */
export function closeIdleWhenStopped(): void {
  const servers = new Set<Server>();
  subscribe(REQUEST_STARTS, (message) => {
    if (hasServer(message)) servers.add(message.server);
  });
  process.once("SIGTERM", () => {
    setInterval(() => {
      for (const server of servers) server.closeIdleConnections();
    }, POLL_EVERY_MS).unref();
  });
}
