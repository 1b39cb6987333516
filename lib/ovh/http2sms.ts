import { isConnectionFailure } from "@/db/errors";
import type { Context } from "@/lib/context";
import { admitCallFrom } from "@/lib/credentials/admission-service";
import { signInApiUser } from "@/lib/credentials/user-sign-in-service";
import type { Failure } from "@/lib/failure";
import { listReceivers } from "@/lib/messages/numbered-service";
import { send } from "@/lib/messages/service";
import { HTTP2SMS_PATH } from "./base-path";
import { readBody } from "./body";
import { answerHeaders, problemOfFailure } from "./errors";
import { newQueryId } from "./handle";
import {
  type ContentType,
  type Http2smsAnswer,
  httpStatusOf,
  isContentType,
  printAnswer,
} from "./http2sms-answer";
import { messageOf, readForm, receiversOf, withPlus } from "./http2sms-form";
import type { ApiServer } from "./server";

type Given = ReadonlyMap<string, string>;

/**
 * Sends for a program that brings account, login and password in a query or a form, as OVH's script of this name does.
 * `query` as the bytes that came. Never throws, and neither records nor answers anything that was brought.
 */
export async function answerHttp2sms(request: Request, query: string, server: ApiServer): Promise<Response> {
  const queryId = server.givenRequestId ?? newQueryId();
  const started = performance.now();
  const asked = { contentType: "text/plain" as ContentType };
  const answer = await answerOrProblem(request, query, server, queryId, asked);
  const status = httpStatusOf(answer);
  server.answered({
    requestId: queryId,
    method: request.method,
    route: HTTP2SMS_PATH,
    status,
    milliseconds: Math.round(performance.now() - started),
    consumerKeyId: null,
  });
  const headers = answerHeaders(queryId);
  headers.set("Content-Type", `${asked.contentType}; charset=utf-8`);
  if (answer.status !== 100 && answer.retryAfterSeconds !== undefined)
    headers.set("Retry-After", answer.retryAfterSeconds.toString());
  return new Response(printAnswer(answer, asked.contentType), { status, headers });
}

async function answerOrProblem(
  request: Request,
  query: string,
  server: ApiServer,
  queryId: string,
  asked: { contentType: ContentType },
): Promise<Http2smsAnswer> {
  try {
    if (request.method !== "GET" && request.method !== "POST")
      return { status: 405, message: "Only GET and POST" };
    const body = request.method === "POST" ? await readBody(request) : new Uint8Array();
    if (body === null) return { status: 413, message: "The body is larger than 1 MiB" };
    const [, charset] = /charset="?([\w-]+)/i.exec(request.headers.get("content-type") ?? "") ?? [];
    const given = readForm([Buffer.from(body).toString("latin1"), query], charset ?? null);
    const contentType = given.get("contentType") ?? "text/plain";
    if (!isContentType(contentType)) return { status: 202, message: "Invalid contentType" };
    asked.contentType = contentType;
    const budget = server.settings.callsPerMinuteOfAddress;
    const admission = await admitCallFrom(server, `address:${server.address}`, budget);
    if (admission.kind === "too_many") return tooMany(admission.retryAfterSeconds);
    return await answerGiven(given, request.headers.get("idempotency-key"), server);
  } catch (error) {
    if (isConnectionFailure(error))
      return { status: 503, message: "The service is not available at this moment", retryAfterSeconds: 2 };
    server.report(error, queryId);
    return { status: 500, message: "An unexpected error has occurred; it was recorded" };
  }
}

async function answerGiven(
  given: Given,
  idempotencyKey: string | null,
  server: ApiServer,
): Promise<Http2smsAnswer> {
  const missing = ["account", "login", "password", "to", "message"].find((name) => !given.get(name));
  if (missing !== undefined) return { status: 201, message: `Missing ${missing}` };
  const text = (name: string): string => given.get(name) ?? "";
  const [serviceName, login] = [text("account"), text("login")];
  const signIn = { serviceName, login, password: text("password"), address: server.address };
  const signedIn = await signInApiUser(server, signIn);
  if (!signedIn.ok) return refusalOf(signedIn.failure);
  const { customerId } = signedIn.value;
  const subject = `api-user:${customerId} ${serviceName} ${login}` as const;
  const admission = await admitCallFrom(server, subject, server.settings.callsPerMinuteOfKey);
  if (admission.kind === "too_many") return tooMany(admission.retryAfterSeconds);

  const wrong = wrongParameter(given);
  if (wrong !== null) return { status: 202, message: wrong };
  if (idempotencyKey !== null && !/^[\x21-\x7e]{1,90}$/.test(idempotencyKey))
    return { status: 202, message: "Invalid Idempotency-Key: 1 to 90 visible ASCII characters" };
  const { db, now } = server;
  const context: Context = { caller: { kind: "api_user", customerId, login }, db, now };
  const sent = await send(
    context,
    { customerId, serviceName },
    {
      text: messageOf(text("message")),
      recipients: receiversOf(text("to")),
      // As a job of the API: what is no number is left out, and what is one gets the message.
      skipInvalid: true,
      sender: withPlus(text("from")) || null,
      tag: text("tag") || null,
      ...(idempotencyKey !== null && { idempotencyKey: `http2sms:${login}:${idempotencyKey}` }),
    },
  );
  if (!sent.ok) return refusalOf(sent.failure);
  const receivers = await listReceivers(context, customerId, sent.value.messageId);
  if (!receivers.ok) return refusalOf(receivers.failure);
  return { status: 100, creditLeft: sent.value.balance, ids: receivers.value.map(({ id }) => id) };
}

/** What is no value of a parameter that changes nothing here, or of one that would have to change something. */
function wrongParameter(given: Given): string | null {
  const value = (name: string): string => given.get(name) ?? "";
  if (!/^[0-3]?$/.test(value("class"))) return "Invalid class: 0, 1, 2 or 3";
  if (!/^[12]?$/.test(value("smsCoding"))) return "Invalid smsCoding: 1 or 2";
  if (value("deferred") !== "") return "Invalid deferred: messages are sent at once, and none is planned";
  return null;
}

const NAMES = {
  text: "message",
  recipients: "to",
  sender: "from",
  serviceName: "account",
  idempotencyKey: "Idempotency-Key",
} as const;

const tooMany = (retryAfterSeconds: number): Http2smsAnswer => ({
  status: 429,
  message: `Too many calls; wait ${retryAfterSeconds.toString()} s`,
  retryAfterSeconds,
});

function refusalOf(failure: Failure): Http2smsAnswer {
  if (failure.code === "not_authenticated")
    return { status: 401, message: "Invalid account, login or password" };
  if (failure.code === "too_many_requests") return tooMany(failure.retryAfterSeconds);
  const isOfSender = failure.code === "invalid_input" && failure.fields["sender"] !== undefined;
  return { status: isOfSender ? 241 : 202, message: problemOfFailure(failure, NAMES).message };
}
