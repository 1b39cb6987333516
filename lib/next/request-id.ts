import { REQUEST_ID_HEADER } from "./peer";

/**
 * The id that a proxy in front gave the request, so that its log and ours can be read together. Null where no proxy is
 * trusted, since anybody may send one, and where it is not the id that it should be.
 */
export function givenRequestId(headers: Pick<Headers, "get">, trustedProxies: number): string | null {
  const id = headers.get(REQUEST_ID_HEADER);
  return trustedProxies > 0 && id !== null && /^[A-Za-z0-9._-]{8,64}$/.test(id) ? id : null;
}
