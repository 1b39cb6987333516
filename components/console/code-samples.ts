import type { ConsoleCall } from "@/lib/console/rules";
import type { BuiltRequest } from "./request";

/** The text of which a signature is the SHA-1, with names in place of what only the program knows. */
export function signedText({ method, below, body }: BuiltRequest, baseUrl: string): string {
  const sent = body === undefined ? "" : JSON.stringify(body);
  return ["APPLICATION_SECRET", "CONSUMER_KEY", method, baseUrl + below, sent, "TIMESTAMP"].join("+");
}

export const SAMPLE_LANGUAGES = ["curl", "node", "python"] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];
export const LANGUAGE_NAMES = { curl: "curl", node: "Node.js", python: "Python" } as const;

/** A program that makes the call, in each language as its official client writes it. */
export function sampleOf(
  language: SampleLanguage,
  request: BuiltRequest,
  call: Pick<ConsoleCall, "access" | "fields">,
  baseUrl: string,
): string {
  switch (language) {
    case "curl":
      return curlSample(request, call.access, baseUrl);
    case "node":
      return nodeSample(request, call.fields, baseUrl);
    case "python":
      return pythonSample(request, call.access, baseUrl);
  }
}

/** A text for a POSIX shell, whatever it holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function curlSample(
  { method, below, body }: BuiltRequest,
  access: ConsoleCall["access"],
  baseUrl: string,
): string {
  const url = baseUrl + below;
  const sent = body === undefined ? "" : JSON.stringify(body);
  const data = body === undefined ? [] : [`  -H 'Content-Type: application/json' --data-binary "$BODY"`];
  const application = access === "open" ? [] : [`  -H "X-Ovh-Application: $OVH_APPLICATION_KEY"`];
  const lines = [`curl -X ${method} ${quoted(url)}`, ...application];
  const setBody = body === undefined ? [] : [`BODY=${quoted(sent)}`];
  if (access !== "signed") return [...setBody, [...lines, ...data].join(" \\\n")].join("\n");
  return [
    ...setBody,
    `TIME=$(curl -s ${quoted(`${baseUrl}/auth/time`)})`,
    `SIGNED="$OVH_APPLICATION_SECRET+$OVH_CONSUMER_KEY+${method}+"${quoted(url)}"+${body === undefined ? "" : "$BODY"}+$TIME"`,
    `SIGNATURE='$1$'$(printf '%s' "$SIGNED" | sha1sum | cut -d ' ' -f 1)`,
    [
      ...lines,
      `  -H "X-Ovh-Consumer: $OVH_CONSUMER_KEY" -H "X-Ovh-Timestamp: $TIME"`,
      `  -H "X-Ovh-Signature: $SIGNATURE"`,
      ...data,
    ].join(" \\\n"),
  ].join("\n");
}

function nodeSample(
  { method, below, body }: BuiltRequest,
  fields: ConsoleCall["fields"],
  baseUrl: string,
): string {
  const { hostname, port, pathname } = new URL(baseUrl);
  // The client leaves every null out of a body; where something else says the same, that is sent.
  const kept = Object.entries(body ?? {}).map(([name, value]) => {
    const instead = fields.find((field) => field.name === name)?.insteadOfNull;
    return [name, value === null ? (instead ?? null) : value];
  });
  const sent = body === undefined ? "" : `, ${JSON.stringify(Object.fromEntries(kept), null, 2)}`;
  return `const ovh = require("@ovhcloud/node-ovh")({
  host: ${JSON.stringify(hostname)},${port === "" ? "" : `\n  port: ${port},`}
  basePath: ${JSON.stringify(pathname)},
  appKey: process.env.OVH_APPLICATION_KEY,
  appSecret: process.env.OVH_APPLICATION_SECRET,
  consumerKey: process.env.OVH_CONSUMER_KEY,
});

ovh.requestPromised(${JSON.stringify(method)}, ${JSON.stringify(below)}${sent})
  .then((answer) => console.log(answer), (problem) => console.error(problem));`;
}

function pythonSample(
  { method, below, body }: BuiltRequest,
  access: ConsoleCall["access"],
  baseUrl: string,
): string {
  const fields = Object.entries(body ?? {}).map(
    ([name, value]) => `    ${pythonName(name)}=${pythonValue(value)},\n`,
  );
  const unsigned = access === "signed" ? [] : ["    _need_auth=False,\n"];
  const more = [...fields, ...unsigned].join("");
  return `import os
import ovh
from ovh.client import ENDPOINTS

ENDPOINTS["ricarica"] = ${JSON.stringify(baseUrl)}
client = ovh.Client(
    endpoint="ricarica",
    application_key=os.environ["OVH_APPLICATION_KEY"],
    application_secret=os.environ["OVH_APPLICATION_SECRET"],
    consumer_key=os.environ["OVH_CONSUMER_KEY"],
)
print(client.${method.toLowerCase()}(
    ${JSON.stringify(below)},
${more}))`;
}

/** Names of fields that are words of Python's own: its client takes them with an underscore before. */
const PYTHON_WORDS = new Set(["class", "from", "global", "import", "in", "is", "not", "pass", "with"]);
const pythonName = (name: string): string => (PYTHON_WORDS.has(name) ? `_${name}` : name);

/** A JSON value as Python writes it. */
function pythonValue(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(", ")}]`;
  if (typeof value === "object") {
    const pairs = Object.entries(value).map(
      ([name, each]) => `${JSON.stringify(name)}: ${pythonValue(each)}`,
    );
    return `{${pairs.join(", ")}}`;
  }
  return JSON.stringify(value);
}
