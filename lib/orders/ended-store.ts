import "server-only";
import { clientOf, type Database } from "@/db/client";
import { ENDED_CHANNEL } from "./rules";

/**
 * Calls `onHint` when the order has ended, and once when listening begins: an end before that was not heard. It is a
 * hint only, since a connection may be lost, and a transaction cannot listen. Returns the way to stop.
 */
export function listenForEnd(db: Database, orderId: string, onHint: () => void): () => void {
  const listening = clientOf(db)?.listen(
    ENDED_CHANNEL,
    (ended) => {
      if (ended === orderId) onHint();
    },
    onHint,
  );
  listening?.catch(() => undefined);
  return () => {
    void listening?.then((subscription) => subscription.unlisten()).catch(() => undefined);
  };
}
