import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { markPeers } from "./mark-peers";
import { TARGET_HEADER } from "./peer";

const server = http.createServer((request, response) => {
  response.end(JSON.stringify([request.url, request.headers[TARGET_HEADER]]));
});

beforeAll(async () => {
  vi.stubEnv("API_URL", "https://panel.example/1.0");
  markPeers();
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

/** What the framework gets of a target: its own, and the one that came. */
async function received(path: string): Promise<unknown> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  const headers = { "x-forwarded-proto": "https", [TARGET_HEADER]: "/forged" };
  const [answer] = (await once(
    http.get({ host: "127.0.0.1", port: address.port, path, headers }),
    "response",
  )) as [IncomingMessage];
  let body = "";
  for await (const part of answer.setEncoding("utf8")) body += String(part);
  return JSON.parse(body);
}

test.each([
  ["/1.0/sms?tag=a+b'(c),d:/e%2f", "/api/1.0/sms?tag=a+b'(c),d:/e%2f"],
  ["/1.0/sms/?x=1", "/api/1.0/sms?x=1"],
  ["/telecom/?x=%zz", "/telecom/?x=%zz"],
])(
  "of %s the framework hears as of a call of its own route, with the query byte for byte",
  async (path, url) => {
    expect(await received(path)).toEqual([url, path]);
  },
);
