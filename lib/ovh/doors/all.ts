import type { CallId } from "../calls/table";
import type { Door } from "../door";
import { changeAccount, listServices, readAccount, transfer } from "./accounts";
import { getCurrentCredential, getTime, requestCredentialDoor } from "./auth";
import { estimate, getOutgoing, listOutgoing, sendJob } from "./messages";
import { placeOrder, priceOrder } from "./orders";
import { getDestinationRate, listPackTiers } from "./rates";

/** The door of each call. A call of the table without one does not compile. */
export const DOORS = {
  getTime,
  getCurrentCredential,
  requestCredential: requestCredentialDoor,
  listServices,
  getAccount: readAccount,
  changeAccount,
  transferCredits: transfer,
  sendJob,
  listOutgoing,
  getOutgoing,
  estimate,
  getDestinationRate,
  listPackTiers,
  priceOrder,
  placeOrder,
} satisfies Record<CallId, Door>;

export const ALL_DOORS: readonly Door[] = Object.values(DOORS);
