import { admitSignature, findSigner, type KnownCredential } from "@/lib/credentials/admission-service";
import { isGranted } from "@/lib/credentials/rules";
import { REFUSALS, tooManyCalls } from "./errors";
import type { Outcome } from "./route-adapter";
import type { ApiServer } from "./server";
import { formsOfBaseUrl, isSignedBy, isTimely } from "./signature";

/** A request as far as its signature goes. */
export type SignedCall = {
  readonly headers: Headers;
  readonly method: string;
  /** The address below the base url, as it came: path and query, byte for byte. */
  readonly below: string;
  /** The path that is served, decoded. */
  readonly served: string;
  readonly body: Uint8Array;
};

export type Authenticated = { readonly credential: KnownCredential; readonly customerId: string };

/** Who signed a call, if they may make it: the checks in the order in which the wire's refusals are told apart. */
export async function authenticate(call: SignedCall, server: ApiServer): Promise<Outcome<Authenticated>> {
  const { headers } = call;
  const applicationKey = headers.get("x-ovh-application");
  const consumerKey = headers.get("x-ovh-consumer");
  const timestamp = headers.get("x-ovh-timestamp");
  const signature = headers.get("x-ovh-signature");
  if (applicationKey === null || consumerKey === null || timestamp === null || signature === null) {
    return { ok: false, problem: REFUSALS.notAuthenticated };
  }
  const { application, credential } = await findSigner(server, applicationKey, consumerKey);
  if (application === null) return { ok: false, problem: REFUSALS.invalidKey };
  if (credential === null) return { ok: false, problem: REFUSALS.unknownCredential };
  if (!isTimely(timestamp, server.now(), server.settings.skewSeconds)) {
    return { ok: false, problem: REFUSALS.outOfTime };
  }
  const signed = {
    applicationSecret: application.secret,
    consumerKey,
    method: call.method,
    body: call.body,
    timestamp,
  };
  const urls = formsOfBaseUrl(server.settings.publicUrl).map((base) => base + call.below);
  if (!isSignedBy(signed, urls, signature)) return { ok: false, problem: REFUSALS.invalidSignature };

  const { callsPerMinuteOfKey } = server.settings;
  const use = { signature, isRead: call.method === "GET" };
  const admission = await admitSignature(server, credential, use, callsPerMinuteOfKey);
  if (admission.kind === "repeated") return { ok: false, problem: REFUSALS.outOfTime };
  if (admission.kind === "too_many") {
    return { ok: false, problem: tooManyCalls(admission.retryAfterSeconds) };
  }
  if (credential.state !== "validated" || credential.customerId === null) {
    return { ok: false, problem: REFUSALS.invalidCredential };
  }
  if (!isGranted(credential.rules, call.method, call.served)) {
    return { ok: false, problem: REFUSALS.notGranted };
  }
  return { ok: true, value: { credential, customerId: credential.customerId } };
}

/** The application that an unsigned call names, and whose it is. */
export async function applicationOf(
  applicationKey: string | null,
  server: ApiServer,
): Promise<Outcome<{ applicationKey: string; customerId: string }>> {
  if (applicationKey === null) return { ok: false, problem: REFUSALS.notAuthenticated };
  const { application } = await findSigner(server, applicationKey, null);
  return application === null
    ? { ok: false, problem: REFUSALS.invalidKey }
    : { ok: true, value: { applicationKey, customerId: application.customerId } };
}
