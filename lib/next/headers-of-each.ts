import { originOf, type Settings } from "../env";
import { REQUEST_ID_HEADER } from "./peer";
import { givenRequestId } from "./request-id";

/** What the answer to each request for a page carries: its id, and over https that nothing else is spoken here. */
export function headersOfEach(
  headerOf: (name: string) => string | null,
  settings: Settings,
): Record<string, string> {
  const requestId = givenRequestId({ get: headerOf }, settings.trustedProxies) ?? crypto.randomUUID();
  const isHttps = originOf(settings).startsWith("https:");
  return {
    [REQUEST_ID_HEADER]: requestId,
    ...(isHttps && { "strict-transport-security": "max-age=63072000; includeSubDomains" }),
  };
}
