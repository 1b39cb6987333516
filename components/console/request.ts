import type { ConsoleCall, ConsoleField } from "@/lib/console/rules";

/** What stands in the fields: by name, as typed. Empty: not sent, but for `NULL` and what was chosen. */
export type Values = Readonly<Record<string, string>>;

/** The choice that sends null. */
export const NULL = "\u0000null";

export type FieldError = "missing" | "notANumber" | "notJson";

export type BuiltRequest = {
  readonly method: ConsoleCall["method"];
  /** Path and query below the base. */
  readonly below: string;
  /** Undefined when the call has no body. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
};

/** A request from what was typed, and what is wrong with it by field. It is shown while it is still wrong. */
export function buildRequest(
  call: ConsoleCall,
  values: Values,
): { request: BuiltRequest; errors: Readonly<Record<string, FieldError>> } {
  const errors: Record<string, FieldError> = {};
  const body: Record<string, unknown> = {};
  const query: string[] = [];
  let path = call.path;
  for (const field of call.fields) {
    const text = values[field.name] ?? "";
    const read = readField(field, text);
    if (read.error !== undefined) errors[field.name] = read.error;
    if (field.place === "path" && text !== "") {
      path = path.replace(`{${field.name}}`, encodeURIComponent(text.trim()));
    }
    if (read.value === undefined) continue;
    if (field.place === "query") query.push(`${field.name}=${encodeURIComponent(text.trim())}`);
    if (field.place === "body") body[field.name] = read.value;
  }
  const hasBody = call.fields.some(({ place }) => place === "body");
  const below = query.length === 0 ? path : `${path}?${query.join("&")}`;
  return { request: { method: call.method, below, body: hasBody ? body : undefined }, errors };
}

function readField(field: ConsoleField, text: string): { value?: unknown; error?: FieldError } {
  if (text === NULL) return { value: null };
  if (text.trim() === "") return field.isRequired ? { error: "missing" } : {};
  switch (field.kind) {
    case "number":
      return readNumber(text);
    case "choice":
      return { value: field.choicesAreNumbers ? Number(text) : text };
    case "boolean":
      return { value: text === "true" };
    case "list":
      return { value: text.split("\n").flatMap((line) => line.trim() || []) };
    case "json":
      return readJson(text);
    case "text":
    case "service":
      return { value: text.trim() };
    case "long_text":
      return { value: text };
  }
}

/** As JSON writes numbers; a comma is taken for a point, since that is what many readers type. */
function readNumber(text: string): { value?: number; error?: FieldError } {
  const plain = text.trim().replace(",", ".");
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(plain) ? { value: Number(plain) } : { error: "notANumber" };
}

function readJson(text: string): { value?: unknown; error?: FieldError } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return { error: "notJson" };
  }
}
