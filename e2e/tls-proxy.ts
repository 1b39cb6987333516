import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { loopbackCertificate } from "./certificate";

/** A port of this machine that speaks TLS and hands requests on to the product. */
export type TlsProxy = { readonly port: number; readonly certificate: string; readonly close: () => void };

/** What a proxy writes into what it hands on; without any of it, all goes on as it came. */
export type TlsProxySettings = {
  /** Says who asked and how, as proxies do. */
  readonly tellsWhoAsked?: boolean;
  /** Put before each path. */
  readonly pathPrefix?: string;
};

export async function startTlsProxy(origin: string, settings: TlsProxySettings = {}): Promise<TlsProxy> {
  const { tellsWhoAsked = false, pathPrefix = "" } = settings;
  const { key, certificate } = loopbackCertificate();
  const { hostname, port: originPort } = new URL(origin);
  const server = https.createServer({ key, cert: certificate }, (asked, answered) => {
    const { method, url = "/", headers } = asked;
    if (tellsWhoAsked) {
      headers["x-forwarded-for"] = asked.socket.remoteAddress;
      headers["x-forwarded-host"] = headers.host;
      headers["x-forwarded-proto"] = "https";
    }
    // Byte for byte: an URL object would write some characters of a query anew.
    const to = { hostname, port: originPort, path: pathPrefix + url, method, headers };
    const passedOn = http.request(to, (answer) => {
      answered.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(answered);
    });
    passedOn.on("error", () => answered.destroy());
    asked.pipe(passedOn);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // Safe because the server listens on a port, not on a socket file.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    certificate,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
