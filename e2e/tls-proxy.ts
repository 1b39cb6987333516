import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { loopbackCertificate } from "./certificate";

/** A port of this machine that speaks TLS and hands everything on to the product as it comes. */
export type TlsProxy = { readonly port: number; readonly certificate: string; readonly close: () => void };

export async function startTlsProxy(origin: string): Promise<TlsProxy> {
  const { key, certificate } = loopbackCertificate();
  const server = https.createServer({ key, cert: certificate }, (asked, answered) => {
    const { method, url = "/", headers } = asked;
    const passedOn = http.request(origin + url, { method, headers }, (answer) => {
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
