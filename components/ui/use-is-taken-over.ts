import { useSyncExternalStore } from "react";

/** False on the server, and in the browser until React has taken over what the server drew. */
export const useIsTakenOver = (): boolean =>
  useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
const subscribeToNothing = () => () => undefined;
