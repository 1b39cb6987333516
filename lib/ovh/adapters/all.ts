import type { CallId } from "../calls/table";
import type { RouteAdapter } from "../route-adapter";
import { changeAccount, listServices, readAccount, transfer } from "./accounts";
import { getCurrentCredential, getTime, requestCredentialAdapter } from "./auth";
import { estimate, getOutgoing, listOutgoing, sendJob } from "./messages";
import { placeOrder, priceOrder } from "./orders";
import { getDestinationRate, listPackTiers } from "./rates";

/** The route adapter of each call. A call of the table without one does not compile. */
export const ROUTE_ADAPTERS = {
  getTime,
  getCurrentCredential,
  requestCredential: requestCredentialAdapter,
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
} satisfies Record<CallId, RouteAdapter>;

export const ALL_ROUTE_ADAPTERS: readonly RouteAdapter[] = Object.values(ROUTE_ADAPTERS);
