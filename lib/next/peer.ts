/** Carries the other end of the connection to the pages. Written by us over whatever the visitor sent. */
export const PEER_HEADER = "x-ricarica-peer";

/** Carries this end of the connection, "127.0.0.1:3000": where this server reaches itself. */
export const LOCAL_HEADER = "x-ricarica-local";

/** Carries path and query as they came: the framework writes `%20` of a query as `+`, and a signature is of the bytes. */
export const TARGET_HEADER = "x-ricarica-target";

/** Says that the request came through a proxy, vouched for or not: the address of the connection is then the proxy's. */
export const FORWARDED_HEADER = "x-ricarica-forwarded";

/** Carries the path asked for, with its query, so that a stranger comes back to it after signing in. */
export const PATH_HEADER = "x-ricarica-path";

/** Names a request in the answer and in the log. */
export const REQUEST_ID_HEADER = "x-request-id";
