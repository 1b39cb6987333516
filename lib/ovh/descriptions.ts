import { CALLS } from "./calls/table";
import { openApiDocument } from "./openapi";

/** Texts that were made once, since neither the calls nor the address change while a process runs. */
const made = new Map<string, string>();

/**
 * The description that a path asks for, as JSON: OpenAPI, or the form that the official clients load when they are
 * told the names of the APIs that a program uses (`apis: ["sms"]`). Null for any other path.
 */
export function descriptionAt(path: string, publicUrl: string): string | null {
  const [, section] = /^\/(auth|sms|order)\.json$/.exec(path) ?? [];
  if (section === undefined && path !== "/openapi.json") return null;
  const key = `${publicUrl} ${path}`;
  const text =
    made.get(key) ??
    JSON.stringify(section === undefined ? openApiDocument(publicUrl) : sectionOf(section, publicUrl));
  made.set(key, text);
  return text;
}

function sectionOf(section: string, publicUrl: string) {
  const calls = Object.values(CALLS).filter(({ path }) => path.split("/")[1] === section);
  const paths = [...new Set(calls.map(({ path }) => path))];
  return {
    apiVersion: "1.0",
    basePath: publicUrl,
    resourcePath: `/${section}`,
    apis: paths.map((path) => ({
      path,
      description: calls.find((call) => call.path === path)?.summary ?? "",
      operations: calls
        .filter((call) => call.path === path)
        .map(({ method, summary, access }) => ({
          httpMethod: method,
          description: summary,
          noAuthentication: access !== "signed",
          apiStatus: { value: "PRODUCTION", description: "Stable production version" },
        })),
    })),
    models: {},
  };
}
