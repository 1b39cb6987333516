import { createHash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import https from "node:https";
import net from "node:net";
import path from "node:path";
import type { IncomingMessage } from "node:http";
import { expect } from "playwright/test";
import { aCustomer } from "../db/testing-rows";
import { anApiKey, type Keys } from "./api-key";
import { CLIENTS, test as clientTest } from "./official-client";
import { urlOfProduct } from "./product-database";
import { makeDataDirectory, startProduct } from "./product-process";
import { startTlsProxy, type TlsProxySettings } from "./tls-proxy";

// The API at an address of its own, behind a proxy that speaks TLS, set up by the words of the README.

type Place = { readonly basePath: string; readonly proxy: TlsProxySettings };
const PLACES: Record<string, Place> = {
  "a base path, to a proxy that says who asked": { basePath: "/1.0", proxy: { tellsWhoAsked: true } },
  "a base path of two parts, to a proxy that says nothing": { basePath: "/ovh/v1", proxy: {} },
  "a host, to a proxy that puts the path before": {
    basePath: "",
    proxy: { tellsWhoAsked: true, pathPrefix: "/api/1.0" },
  },
};

/** Tests whose clients call a product of their own, which is set up for such a place. */
const testsAt = (place: Place) =>
  clientTest.extend({
    tls: [
      async ({ pool }, use) => {
        // The keys are made beside the product of all tests, whose data hold what enciphers them.
        await anApiKey((await aCustomer(pool.db)).customerId);
        const credentialsKey = path.join(process.env["E2E_DATA_DIR"] ?? "", "credentials.key");
        const dataDirectory = makeDataDirectory();
        const port = (await freePort()).toString();
        const proxy = await startTlsProxy(`http://127.0.0.1:${port}`, place.proxy);
        const address = `https://127.0.0.1:${proxy.port.toString()}`;
        const product = startProduct(dataDirectory, {
          PORT: port,
          DATABASE_URL: urlOfProduct(),
          CREDENTIALS_KEY: fs.readFileSync(credentialsKey, "utf8").trim(),
          APP_URL: address,
          API_URL: address + place.basePath,
          TRUSTED_PROXIES: place.proxy.tellsWhoAsked === true ? "1" : "0",
        });
        await product.ready;
        const certificateFile = path.join(dataDirectory, "proxy.pem");
        fs.writeFileSync(certificateFile, proxy.certificate);
        await use({ ...proxy, certificateFile });
        proxy.close();
        product.signal("SIGTERM");
        await product.ended;
        fs.rmSync(dataDirectory, { recursive: true, force: true });
      },
      { scope: "worker", timeout: 240_000 },
    ],
  });

for (const [name, place] of Object.entries(PLACES)) {
  const test = testsAt(place);
  test.describe(`the API at ${name}`, () => {
    test.describe.configure({ mode: "serial", timeout: 240_000 });

    // The Node clients put /1.0 where they are given no base path.
    for (const client of place.basePath === "" ? [] : CLIENTS) {
      test(`is used by ${client}, reading, searching and writing`, async ({ makeCustomer, startClient }) => {
        const { customerId, serviceName } = await makeCustomer({ balance: 10 });
        const keys = { ...(await anApiKey(customerId)), basePath: place.basePath };
        const call = startClient(client);
        const tag = "a+b'(c), d:/e";
        expect(await call(keys, "GET", "/auth/time")).toMatchObject({ ok: true });
        expect(await call(keys, "GET", "/sms")).toMatchObject({ answer: [serviceName] });
        const sent = { message: "Ciao", receivers: ["+393331234567"], tag };
        expect(await call(keys, "POST", `/sms/${serviceName}/jobs`, sent)).toMatchObject({
          answer: { totalCreditsRemoved: 0.7 },
        });
        expect(await call(keys, "GET", `/sms/${serviceName}/outgoing`, { tag })).toMatchObject({
          answer: [expect.any(Number)],
        });
      });
    }

    test("takes the query of any client as it was signed, byte for byte", async ({ makeCustomer, tls }) => {
      const { customerId, serviceName } = await makeCustomer();
      const keys = await anApiKey(customerId);
      const base = `https://127.0.0.1:${tls.port.toString()}${place.basePath}`;
      const queries = {
        "Node.js": "a%2Bb'(c)%2C%20d%3A%2Fe!*~",
        Python: "a%2Bb%27%28c%29%2C+d%3A%2Fe%21%2A~",
        PHP: "a%2Bb%27%28c%29%2C+d%3A%2Fe%21%2A%7E",
        Go: "a%2Bb%27%28c%29%2C+d%3A%2Fe%21%2A~",
        "a person": "a+b'(c),d:/e!*~;@$",
        "lower case": "%2f%3a%c3%a8",
      };
      for (const [client, query] of Object.entries(queries)) {
        const url = `${base}/sms/${serviceName}/outgoing?tag=${query}`;
        expect([client, await signedGet(url, keys, tls.certificate)]).toEqual([client, "200 []"]);
      }
    });

    test("says no to a signature for any other address, and shows the panel beside itself", async ({
      makeCustomer,
      tls,
    }) => {
      const { customerId } = await makeCustomer();
      const keys = await anApiKey(customerId);
      const origin = `https://127.0.0.1:${tls.port.toString()}`;
      const elsewhere = `https://panel.example.com${place.basePath}/sms`;
      const answer = await signedGet(`${origin}${place.basePath}/sms`, keys, tls.certificate, elsewhere);
      expect(answer).toContain("Invalid signature");
      if (place.proxy.pathPrefix === undefined)
        expect(await get(`${origin}/sign-in`, {}, tls.certificate)).toMatch(/^200 <!DOCTYPE html>/);
    });
  });
}

/** As the clients of Python, PHP and Go sign: the url as it is called. */
function signedGet(url: string, keys: Keys, certificate: string, signedUrl = url): Promise<string> {
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const { appKey, appSecret, consumerKey } = keys;
  const text = [appSecret, consumerKey, "GET", signedUrl, "", timestamp].join("+");
  const headers = {
    "X-Ovh-Application": appKey,
    "X-Ovh-Consumer": consumerKey,
    "X-Ovh-Timestamp": timestamp,
    "X-Ovh-Signature": `$1$${createHash("sha1").update(text).digest("hex")}`,
  };
  return get(url, headers, certificate);
}

/** The status and the body. The target is written as it is given, which an URL object would not do. */
async function get(url: string, headers: Record<string, string>, certificate: string): Promise<string> {
  const { hostname, port, origin } = new URL(url);
  const asked = https.get({ hostname, port, path: url.slice(origin.length), headers, ca: certificate });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  let body = "";
  for await (const part of answer.setEncoding("utf8")) body += String(part);
  return `${String(answer.statusCode)} ${body}`;
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return address !== null && typeof address === "object" ? address.port : 0;
}
