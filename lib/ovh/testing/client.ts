import type { Database } from "@/db/client";
import { createValidatedKey } from "@/lib/credentials/service";
import type { AccessRule } from "@/lib/credentials/rules";
import type { ApiSettings } from "@/lib/env";
import { answerApiRequest } from "../handle";
import type { ApiServer } from "../server";
import { signatureOf } from "../signature";

export const BASE = "https://api.test/1.0";

export type Keys = { applicationKey: string; applicationSecret: string; consumerKey: string };

/** The API on a test's database, with a clock that the test may move. */
export function aServer(
  db: Database,
  settings: Partial<ApiSettings> = {},
  now = () => new Date(),
): ApiServer {
  return {
    db,
    now,
    settings: {
      publicUrl: BASE,
      skewSeconds: 30,
      callsPerMinuteOfKey: 100_000,
      callsPerMinuteOfAddress: 1_000_000,
      credentialsKey: null,
      dataDirectory: "",
      ...settings,
    },
    panelUrl: "https://panel.test",
    address: "192.0.2.1",
    givenRequestId: null,
    answered: () => undefined,
    report: (error, queryId) => {
      throw new Error(`${queryId} was answered with a 500`, { cause: error });
    },
  };
}

/** A key that works, with all rules unless some are given. */
export async function keysOf(
  server: ApiServer,
  customerId: string,
  rules?: readonly AccessRule[],
): Promise<Keys> {
  const caller = { kind: "system", name: "test" } as const;
  const context = { caller, db: server.db, now: server.now };
  const made = await createValidatedKey(context, customerId, {
    name: "Test",
    ...(rules !== undefined && { rules }),
  });
  if (!made.ok) throw new Error(`no key for ${customerId}`);
  return made.value;
}

export type TestCall = {
  method?: string;
  path: string;
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  /** Seconds to add to the right time. */
  skew?: number;
  /** The base that the client believes it calls. */
  base?: string;
};

let clock = 0;

/** Headers of a signed call, as the official clients make them. */
export function signed(server: ApiServer, keys: Keys, call: TestCall): Record<string, string> {
  // Each call has its own second, within the allowed skew, since equal signatures are accepted once.
  clock = (clock + 1) % 50;
  const seconds = Math.floor(server.now().getTime() / 1000);
  const timestamp = (seconds + (call.skew ?? clock - 25)).toString();
  const body = bytesOf(call);
  const request = {
    applicationSecret: keys.applicationSecret,
    consumerKey: keys.consumerKey,
    method: call.method ?? "GET",
    body,
    timestamp,
  };
  return {
    "Content-Type": "application/json",
    "X-Ovh-Application": keys.applicationKey,
    "X-Ovh-Consumer": keys.consumerKey,
    "X-Ovh-Timestamp": timestamp,
    "X-Ovh-Signature": signatureOf(request, (call.base ?? BASE) + call.path),
  };
}

/** Makes a call, signed if keys are given, and reads its JSON. */
export async function ask(
  server: ApiServer,
  keys: Keys | null,
  call: TestCall,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const method = call.method ?? "GET";
  const body = bytesOf(call);
  const request = new Request(BASE + call.path, {
    method,
    headers: { ...(keys === null ? {} : signed(server, keys, call)), ...call.headers },
    ...(method !== "GET" && method !== "HEAD" && body.byteLength > 0 && { body }),
  });
  const response = await answerApiRequest(request, call.path, server);
  const answer: unknown = await response.json();
  return { status: response.status, body: answer, headers: response.headers };
}

function bytesOf({ body, rawBody }: TestCall): Uint8Array<ArrayBuffer> {
  if (rawBody instanceof Uint8Array) return rawBody;
  return new TextEncoder().encode(rawBody ?? (body === undefined ? "" : JSON.stringify(body)));
}
