import { describe, expect, test } from "vitest";
import { formsOfBaseUrl, isSignedBy } from "./signature";

/*
 * Requests as the official clients sign them, recorded from what each joins and hashes: Python escapes what is not
 * ASCII as \uXXXX, with blanks after commas and colons left out; PHP escapes it too, and leaves slashes; Go sends UTF-8
 * and escapes <, > and & for HTML; the Node clients escape as Python does, and sign the address without its port.
 * The digests were computed with sha1sum, not with the code under test.
 */
const SECRET = "s3cretS3cretS3cretS3cretS3cret00";
const CONSUMER = "c0nsumerC0nsumerC0nsumerC0nsum00";
const PUBLIC_URL = "https://panel.example:8443/api/1.0";

const RECORDED = [
  {
    client: "Python, a GET",
    method: "GET",
    below: "/sms",
    body: "",
    timestamp: "1767312245",
    signature: "$1$da5acacac502cf9039aeb7d503cc90949c5b2cd5",
  },
  {
    client: "Python, an escaped body",
    method: "POST",
    below: "/sms/sms-ab12345-1/jobs",
    body: '{"message":"Perch\\u00e9 <ora> & subito \\u20ac \\ud83d\\ude00","receivers":["+393331234567"]}',
    timestamp: "1767312246",
    signature: "$1$747d44f6ae42d58890f7f1d0ee5a2a00d14e4071",
  },
  {
    client: "Python of older versions, blanks in the body",
    method: "POST",
    below: "/sms/sms-ab12345-1/jobs",
    body: '{"message": "Perch\\u00e9 <ora> & subito \\u20ac \\ud83d\\ude00", "receivers": ["+393331234567"]}',
    timestamp: "1767312246",
    signature: "$1$070785b02c489e86fef4f4e9d0c7224749b95322",
  },
  {
    client: "Python, a query",
    method: "GET",
    below: "/sms/rates/packs?country=it&billingCountry=it",
    body: "",
    timestamp: "1767312247",
    signature: "$1$91d03c635d51c6f8d795e8071bf927f7679ad9f1",
  },
  {
    client: "PHP, an escaped body",
    method: "POST",
    below: "/sms/sms-ab12345-1/jobs",
    body: '{"message":"Perch\\u00e9 <ora> & subito \\u20ac \\ud83d\\ude00","receivers":["+393331234567"]}',
    timestamp: "1767312248",
    signature: "$1$3857741f20b6af4e883bdf4636b8cec2ce438bea",
  },
  {
    client: "PHP, a null in the body",
    method: "PUT",
    below: "/sms/sms-ab12345-1",
    body: '{"automaticRecreditAmount":null}',
    timestamp: "1767312249",
    signature: "$1$db230538980c2a48fc3f274d9479fc8807142eaa",
  },
  {
    client: "Go, raw UTF-8 and escaped HTML",
    method: "POST",
    below: "/sms/sms-ab12345-1/jobs",
    body: '{"message":"Perché \\u003cora\\u003e \\u0026 subito € 😀","receivers":["+393331234567"]}',
    timestamp: "1767312250",
    signature: "$1$a52c29d22068bccab7d56a047ab7249dc21a72f0",
  },
  {
    client: "Go, a body of null",
    method: "POST",
    below: "/order/sms/sms-ab12345-1/credits?quantity=100",
    body: "null",
    timestamp: "1767312251",
    signature: "$1$d8680022521fb869c759adaa038136841ff976ee",
  },
  {
    client: "Node, without the port",
    method: "GET",
    below: "/sms",
    body: "",
    timestamp: "1767312252",
    signature: "$1$b153a2cfaabf1df7b1cffa83df43082b280ae2e6",
  },
  {
    client: "Node, an escaped body",
    method: "POST",
    below: "/sms/sms-ab12345-1/jobs",
    body: '{"message":"Perch\\u00e9 <ora> & subito \\u20ac \\ud83d\\ude00","receivers":["+393331234567"]}',
    timestamp: "1767312253",
    signature: "$1$d6d5bfc83e785906426edd22ab8397bf028b2206",
  },
  {
    client: "Node, a query with blanks",
    method: "GET",
    below: "/sms/sms-ab12345-1/outgoing?tag=a%20b",
    body: "",
    timestamp: "1767312254",
    signature: "$1$816e354c1b1486cb0d0bb55d9a5655cabfce2bd9",
  },
] as const;

describe.each(RECORDED)("$client", ({ method, below, body, timestamp, signature }) => {
  const urls = formsOfBaseUrl(PUBLIC_URL).map((base) => base + below);
  const request = {
    applicationSecret: SECRET,
    consumerKey: CONSUMER,
    method,
    body: new TextEncoder().encode(body),
    timestamp,
  };

  test("is accepted as it signs", () => {
    expect(isSignedBy(request, urls, signature)).toBe(true);
  });

  test("is refused when the body was read and written again in another form", () => {
    if (body === "") return;
    const rewritten = `${body} `;
    expect(isSignedBy({ ...request, body: new TextEncoder().encode(rewritten) }, urls, signature)).toBe(
      false,
    );
  });
});
