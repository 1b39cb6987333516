/**
 * May this request read the figures? Whoever sends the operator's token may; else this machine alone. A proxy on this
 * machine speaks for strangers, and says so by a header: then the address of the connection proves nothing.
 */
export function mayReadMetrics(
  request: {
    readonly peer: string | null;
    readonly isForwarded: boolean;
    readonly authorization: string | null;
  },
  token: string | null,
  isSame: (a: string, b: string) => boolean,
): boolean {
  if (token !== null && isSame(request.authorization ?? "", `Bearer ${token}`)) return true;
  return !request.isForwarded && request.peer !== null && isLoopback(request.peer);
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, "");
  return plain === "::1" || /^127\.\d+\.\d+\.\d+$/.test(plain);
}

/** A worker that has been silent for longer is taken for dead. */
export const SILENT_AFTER_MS = 20_000;
