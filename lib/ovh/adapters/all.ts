import type { CallId } from "../calls/table";
import type { RouteAdapter } from "../route-adapter";
import { changeAccountAdapter, listServices, readAccountAdapter, transfer } from "./accounts";
import { getCurrentCredential, getTime, requestCredentialAdapter } from "./auth";
import { estimateAdapter, getOutgoingAdapter, listOutgoingAdapter, sendJob } from "./messages";
import { placeOrderAdapter, priceOrder } from "./orders";
import { getDestinationRate, listPackTiers } from "./rates";
import {
  changeUser,
  createUserAdapter,
  deleteUser,
  getUser,
  listUserJobs,
  listUsers,
  sendUserJob,
} from "./users";

/** The route adapter of each call. A call of the table without one does not compile. */
export const ROUTE_ADAPTERS = {
  getTime,
  getCurrentCredential,
  requestCredential: requestCredentialAdapter,
  listServices,
  getAccount: readAccountAdapter,
  changeAccount: changeAccountAdapter,
  transferCredits: transfer,
  sendJob,
  listOutgoing: listOutgoingAdapter,
  getOutgoing: getOutgoingAdapter,
  estimate: estimateAdapter,
  createUser: createUserAdapter,
  listUsers,
  getUser,
  changeUser,
  listUserJobs,
  sendUserJob,
  deleteUser,
  getDestinationRate,
  listPackTiers,
  priceOrder,
  placeOrder: placeOrderAdapter,
} satisfies Record<CallId, RouteAdapter>;

export const ALL_ROUTE_ADAPTERS: readonly RouteAdapter[] = Object.values(ROUTE_ADAPTERS);
