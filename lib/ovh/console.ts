import type { Caller } from "@/lib/caller";
import { admitCallFrom } from "@/lib/credentials/admission-service";
import { isUnavailable } from "@/db/errors";
import { holdsNul } from "@/lib/nul";
import { andThen, type RouteAdapter } from "./route-adapter";
import { ALL_ROUTE_ADAPTERS } from "./adapters/all";
import { problemResponse, REFUSALS, tooManyCalls } from "./errors";
import { newQueryId, rawOf } from "./handle";
import { pathFinder } from "./paths";
import { outcomeResponse, perform, performForApplication } from "./perform";
import type { ApiServer } from "./server";

/** A call as the console sends it. */
export type ConsoleRequest = {
  readonly method: string;
  /** Path and query below the base. */
  readonly below: string;
  readonly body: string;
  readonly applicationKey: string | null;
  readonly idempotencyKey: string | null;
};

const find = pathFinder<RouteAdapter>(ALL_ROUTE_ADAPTERS);

/** Answers a call in the name of a person who is signed in: the same route adapters as for programs, without a signature. */
export async function answerConsoleCall(
  request: ConsoleRequest,
  caller: Extract<Caller, { kind: "customer" }>,
  server: ApiServer,
): Promise<Response> {
  const queryId = newQueryId();
  try {
    return await answer(request, caller, server, queryId);
  } catch (error) {
    if (isUnavailable(error)) return problemResponse(REFUSALS.unavailable, queryId);
    server.report(error, queryId);
    return problemResponse(REFUSALS.unexpected, queryId);
  }
}

async function answer(
  request: ConsoleRequest,
  caller: Extract<Caller, { kind: "customer" }>,
  server: ApiServer,
  queryId: string,
): Promise<Response> {
  const { method, below, idempotencyKey, applicationKey } = request;
  const { customerId, userId } = caller;
  const admission = await admitCallFrom(server, `user:${userId}`, server.settings.callsPerMinuteOfKey);
  if (admission.kind === "too_many") {
    return problemResponse(tooManyCalls(admission.retryAfterSeconds), queryId);
  }
  if (holdsNul(below.split("?")[0] ?? "")) return problemResponse(REFUSALS.nulInPath, queryId);
  const found = find(below.split("?")[0] ?? "");
  const adapter = [...(found?.entries ?? [])].find(([each]) => each === method)?.[1];
  if (found === null || adapter === undefined) return problemResponse(REFUSALS.noSuchCall, queryId);

  const body = new TextEncoder().encode(method === "GET" ? "" : request.body);
  const raw = rawOf(found.path, below, body);
  const identity = { idempotencyKey, method, below, body };
  switch (adapter.access) {
    case "open": {
      const prepared = andThen(raw, adapter.prepare);
      return outcomeResponse(prepared.ok ? await prepared.value(server) : prepared, queryId);
    }
    case "application":
      return performForApplication(server, adapter, applicationKey, identity, raw, queryId);
    case "signed": {
      const prepared = andThen(raw, adapter.prepare);
      if (!prepared.ok) return problemResponse(prepared.problem, queryId);
      const context = { caller, db: server.db, now: server.now };
      const asking = { context, customerId, credential: null, panelUrl: server.panelUrl };
      return perform(server, adapter.call, identity, asking, prepared.value, queryId);
    }
  }
}
