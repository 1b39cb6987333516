import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { isRender, recordFailedRender, renderPublicPage } from "./render-public-page";

let server: Server | undefined;
afterEach(() => server?.close());

/** A server in the place of the product's own; what a request to it carried comes back beside the page. */
async function renderedBy(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const received: IncomingMessage[] = [];
  server = createServer((request, response) => {
    received.push(request);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const local = `127.0.0.1:${address.port.toString()}`;
  const rendered = await renderPublicPage({ path: "/packs?list=fr", locale: "fr" }, local);
  return { rendered, request: received[0] ?? expect.fail("nothing was asked") };
}

test("the request for a page carries the language and nothing of the reader", async () => {
  const { request } = await renderedBy((_, response) => response.end("<p>x</p>"));
  expect(request.url).toBe("/packs?list=fr");
  expect(request.headers.cookie).toBe("locale=fr");
  // What a request of Node carries by itself, and what marks it as ours.
  const known = ["host", "connection", "accept", "accept-language", "accept-encoding", "sec-fetch-mode"];
  const others = Object.keys(request.headers).filter((name) => !known.includes(name));
  expect(others.sort()).toEqual(["cache-control", "cookie", "pragma", "user-agent", "x-ricarica-render"]);
});

test("it is known by its secret, which is no other server's to say", async () => {
  let own: string | null = null;
  await renderedBy((request, response) => {
    own = String(request.headers["x-ricarica-render"]);
    response.end("");
  });
  expect(isRender(() => own)).toBe(true);
  expect(isRender(() => null)).toBe(false);
  expect(isRender(() => "anything at all")).toBe(false);
});

test("each script that is written into a page is allowed by its hash, and none that is a file", async () => {
  const html = `<script src="/a.js" async=""></script><script>one("è")</script><script id="x">two()</script>`;
  const { rendered } = await renderedBy((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("set-cookie", "a=1");
    response.setHeader("x-frame-options", "DENY");
    response.end(html);
  });
  const hashOf = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
  expect(rendered?.scriptHashes).toEqual([hashOf(`one("è")`), hashOf("two()")]);
  expect(rendered?.html.toString()).toBe(html);
  expect(Object.keys(rendered?.headers ?? {})).toEqual(["content-type", "x-frame-options"]);
});

test("a page of which a part failed while it was drawn is none, though it began well", async () => {
  const { rendered } = await renderedBy((request, response) => {
    response.write("<p>x</p>");
    recordFailedRender(request.headers);
    response.end("sorry");
  });
  expect(rendered).toBeNull();
});

test.each([404, 307, 500])("an answer %i is no page", async (status) => {
  const { rendered } = await renderedBy((_, response) =>
    response.writeHead(status, { location: "/" }).end("x"),
  );
  expect(rendered).toBeNull();
});
