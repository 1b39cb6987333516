import { randomUUID } from "node:crypto";
import { isUnavailable } from "@/db/errors";
import { admitCallFrom, sweepAdmissions } from "@/lib/credentials/admission-service";
import { holdsNul } from "@/lib/nul";
import { authenticate } from "./authenticate";
import { parseJson, readBody } from "./body";
import type { Context } from "@/lib/context";
import { asRequestOf } from "@/lib/request-scope";
import { andThen, type RouteAdapter, type Outcome, type Raw } from "./route-adapter";
import { ALL_ROUTE_ADAPTERS } from "./adapters/all";
import {
  answerHeaders,
  invalidArgument,
  problemResponse,
  REFUSALS,
  tooManyCalls,
  wrongMethod,
} from "./errors";
import { descriptionAt } from "./descriptions";
import { pathFinder } from "./paths";
import { outcomeResponse, perform, performForApplication } from "./perform";
import type { AnsweredCall, ApiServer } from "./server";

const find = pathFinder<RouteAdapter>(ALL_ROUTE_ADAPTERS);

/**
 * Answers a request to the API. `below` is the address below the base, as it came. Never throws: what should not
 * happen is reported under the id that the answer carries.
 */
export async function answerApiRequest(
  request: Request,
  below: string,
  server: ApiServer,
): Promise<Response> {
  const queryId = server.givenRequestId ?? newQueryId();
  const started = performance.now();
  const seen: Seen = { route: null, consumerKeyId: null };
  const response = await answerOrProblem(request, below, server, queryId, seen);
  const milliseconds = Math.round(performance.now() - started);
  server.answered({
    requestId: queryId,
    method: request.method,
    ...seen,
    status: response.status,
    milliseconds,
  });
  return response;
}

/** What becomes known of a call while it is answered. */
type Seen = { -readonly [Key in "route" | "consumerKeyId"]: AnsweredCall[Key] };

async function answerOrProblem(
  request: Request,
  below: string,
  server: ApiServer,
  queryId: string,
  seen: Seen,
): Promise<Response> {
  try {
    return await answer(request, below, server, queryId, seen);
  } catch (error) {
    if (isUnavailable(error)) return problemResponse(REFUSALS.unavailable, queryId);
    server.report(error, queryId);
    return problemResponse(REFUSALS.unexpected, queryId);
  }
}

export const newQueryId = (): string => `IT.${randomUUID()}`;

async function answer(
  request: Request,
  below: string,
  server: ApiServer,
  queryId: string,
  seen: Seen,
): Promise<Response> {
  const mark = below.indexOf("?");
  const path = mark < 0 ? below : below.slice(0, mark);
  const { callsPerMinuteOfAddress } = server.settings;
  const admission = await admitCallFrom(server, `address:${server.address}`, callsPerMinuteOfAddress);
  if (admission.kind === "too_many") {
    return problemResponse(tooManyCalls(admission.retryAfterSeconds), queryId);
  }
  void sweepAdmissions(server, server.settings.skewSeconds).catch((error: unknown) => {
    if (!isUnavailable(error)) server.report(error, queryId);
  });

  const description = request.method === "GET" ? descriptionAt(path, server.settings.publicUrl) : null;
  if (description !== null) return new Response(description, { headers: answerHeaders(queryId) });
  if (holdsNul(path)) return problemResponse(REFUSALS.nulInPath, queryId);
  const found = find(path);
  if (found === null) return problemResponse(REFUSALS.noSuchCall, queryId);
  seen.route = [...found.entries.values()][0]?.call.path ?? null;
  const adapter = [...found.entries].find(([method]) => method === request.method)?.[1];
  if (adapter === undefined) {
    return problemResponse(wrongMethod([...found.entries.keys()].join(", ")), queryId);
  }

  const body = await readBody(request);
  if (body === null) return problemResponse(REFUSALS.tooLarge, queryId);
  const raw = (): Outcome<Raw> => rawOf(found.path, below, adapter.call.method === "GET" ? EMPTY : body);
  const { headers, method } = request;
  const identity = { idempotencyKey: headers.get("idempotency-key"), method, below, body };

  switch (adapter.access) {
    case "open": {
      const prepared = andThen(raw(), adapter.prepare);
      return outcomeResponse(prepared.ok ? await prepared.value(server) : prepared, queryId);
    }
    case "application": {
      const applicationKey = headers.get("x-ovh-application");
      return performForApplication(server, adapter, applicationKey, identity, raw(), queryId);
    }
    case "signed": {
      const signed = await authenticate({ headers, method, below, served: found.served, body }, server);
      if (!signed.ok) return problemResponse(signed.problem, queryId);
      const prepared = andThen(raw(), adapter.prepare);
      if (!prepared.ok) return problemResponse(prepared.problem, queryId);
      const { credential, customerId } = signed.value;
      const consumerKeyId = credential.credentialId.toString();
      seen.consumerKeyId = consumerKeyId;
      const context: Context = {
        caller: { kind: "api_client", customerId, consumerKeyId },
        db: server.db,
        now: server.now,
      };
      const asking = { context, customerId, credential, panelUrl: server.panelUrl };
      return asRequestOf(customerId, () =>
        perform(server, adapter.call, identity, asking, prepared.value, queryId),
      );
    }
  }
}

const EMPTY = new Uint8Array();

/** Path, query and body as a adapter takes them. */
export function rawOf(path: Raw["path"], below: string, body: Uint8Array): Outcome<Raw> {
  const mark = below.indexOf("?");
  const query = new URLSearchParams(mark < 0 ? "" : below.slice(mark + 1));
  const withControl = [...query].find((pair) => pair.some((text) => /\p{Cc}/u.test(text)));
  if (withControl !== undefined) {
    const [name] = withControl;
    return {
      ok: false,
      problem: invalidArgument(/^[\w.]{1,60}$/.test(name) ? name : "query", "no control characters"),
    };
  }
  const json = parseJson(body);
  return json.ok
    ? { ok: true, value: { path, query, body: json.value } }
    : { ok: false, problem: invalidArgument(json.field ?? "body", json.takes) };
}
