import { createHash, createHmac, randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { answerOnce, type KeptAnswer } from "@/lib/credentials/admission-service";
import { sealingKey } from "@/lib/credentials/sealing-key";
import { applicationOf } from "./authenticate";
import { isWrite, type Call } from "./calls/call";
import { andThen, type Asking, type RouteAdapter, type Outcome, type Raw } from "./route-adapter";
import { answerHeaders, invalidArgument, problemBody, problemResponse, REFUSALS } from "./errors";
import type { ApiServer } from "./server";

/** What a write that names an Idempotency-Key is recognised by. */
export type Identity = {
  readonly idempotencyKey: string | null;
  readonly method: string;
  readonly below: string;
  readonly body: Uint8Array;
};

/** As headers allow it, short enough that it fits the keys of what it makes. */
const KEY_FORM = /^[\x21-\x7e]{1,90}$/;

/** Does the work of a signed call, a write with an Idempotency-Key once only. */
export async function perform(
  server: ApiServer,
  call: Call,
  identity: Identity,
  asking: Omit<Asking["signed"], "idempotencyKey">,
  work: (asking: Asking["signed"]) => Promise<Outcome<unknown>>,
  queryId: string,
): Promise<Response> {
  const holder = { customerId: asking.customerId, scope: "", holdsSecret: false };
  const workOn = (db: Database, idempotencyKey: string) =>
    work({ ...asking, context: { ...asking.context, db }, idempotencyKey });
  return once(server, call, identity, holder, workOn, queryId);
}

/** Does the work of a call that names an application and is not signed, with an Idempotency-Key once only. */
export async function performForApplication(
  server: ApiServer,
  adapter: Extract<RouteAdapter, { access: "application" }>,
  applicationKey: string | null,
  identity: Identity,
  raw: Outcome<Raw>,
  queryId: string,
): Promise<Response> {
  const application = await applicationOf(applicationKey, server);
  if (!application.ok) return problemResponse(application.problem, queryId);
  const prepared = andThen(raw, adapter.prepare);
  if (!prepared.ok) return problemResponse(prepared.problem, queryId);
  const { customerId, ...asking } = application.value;
  // A blank stands in no caller's key, so what an application keeps never meets what its customer keeps.
  const holder = { customerId, scope: `${asking.applicationKey} `, holdsSecret: true };
  const work = () => prepared.value({ ...server, ...asking });
  return once(server, adapter.call, identity, holder, work, queryId);
}

/** Under whose name an answer is kept, and whether it must not be readable where it is. */
type Holder = { readonly customerId: string; readonly scope: string; readonly holdsSecret: boolean };

async function once(
  server: ApiServer,
  call: Call,
  identity: Identity,
  { customerId, scope, holdsSecret }: Holder,
  work: (db: Database, idempotencyKey: string) => Promise<Outcome<unknown>>,
  queryId: string,
): Promise<Response> {
  const { idempotencyKey } = identity;
  if (idempotencyKey === null || !isWrite(call)) {
    return outcomeResponse(await work(server.db, `api:${randomUUID()}`), queryId);
  }
  if (!KEY_FORM.test(idempotencyKey)) {
    const problem = invalidArgument("Idempotency-Key", "1 to 90 visible ASCII characters");
    return problemResponse(problem, queryId);
  }
  const requestHash = requestHashOf(call, identity);
  const request = {
    customerId,
    idempotencyKey: scope + idempotencyKey,
    requestHash,
    holdsSecret,
    isOneTransaction: call.isOneTransaction === true,
  };
  const done = await answerOnce(server, request, async (db) =>
    keptAnswer(await work(db, `api:${idempotencyKey}`)),
  );
  switch (done.kind) {
    case "other_request":
      return problemResponse(REFUSALS.keyReused, queryId);
    case "busy":
      return problemResponse(REFUSALS.keyBusy, queryId);
    case "answer":
      return new Response(done.answer.body, {
        status: done.answer.status,
        headers: answerHeaders(queryId),
      });
  }
}

/** A refusal is an answer too and is kept, but for one that says to come again. */
function keptAnswer(outcome: Outcome<unknown>): KeptAnswer {
  if (outcome.ok) return { status: 200, body: JSON.stringify(outcome.value) };
  const { problem } = outcome;
  return {
    status: problem.status,
    body: problemBody(problem),
    keep: problem.status !== 429 && problem.status < 500,
  };
}

/** Every answer is a 200 with JSON: one client takes no other success, and another reads no empty body. */
export function outcomeResponse(outcome: Outcome<unknown>, queryId: string): Response {
  if (!outcome.ok) return problemResponse(outcome.problem, queryId);
  return new Response(JSON.stringify(outcome.value), { headers: answerHeaders(queryId) });
}

function requestHashOf({ bodyHoldsSecret }: Call, { method, below, body }: Identity): string {
  const hash = bodyHoldsSecret === true ? createHmac("sha256", sealingKey()) : createHash("sha256");
  return hash.update(`${method} ${below}\n`).update(body).digest("hex");
}
