import "server-only";

import { database } from "@/db/client";
import { addressOf, networkOf } from "@/lib/access/rules";
import { originOf } from "@/lib/env";
import type { ApiServer } from "@/lib/ovh/server";
import { serverLog } from "./health";
import { PEER_HEADER } from "./peer";
import { givenRequestId } from "./request-id";
import { serverApiSettings, serverSettings } from "./settings";

/** What the API works with for one request. */
export function apiServerFor(request: Request): ApiServer {
  const settings = serverSettings();
  const { headers } = request;
  const address = addressOf(
    headers.get(PEER_HEADER),
    headers.get("x-forwarded-for"),
    settings.trustedProxies,
  );
  return {
    db: database().db,
    now: () => new Date(),
    settings: serverApiSettings(),
    panelUrl: originOf(settings),
    address: networkOf(address),
    givenRequestId: givenRequestId(headers, settings.trustedProxies),
    answered: (call) => {
      serverLog().info(call, "an API call was answered");
    },
    report: (error, queryId) => {
      serverLog().error({ requestId: queryId, err: error }, "an API call failed");
    },
  };
}
