import type { z } from "zod";

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
  undefined: "nothing",
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: "an instant with its offset, such as 2026-01-31T00:00:00Z",
};

/** What a field takes that a schema refused without words of its own: a parser's error messages are for programmers. */
export function issueInWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type": {
      const kind = KINDS[issue.expected] ?? "another kind of value";
      return issue.input === undefined ? `${kind}; it is missing` : kind;
    }
    case "invalid_value":
      return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "too_big":
      return `at most ${issue.maximum.toString()}${unitOf(issue.origin)}`;
    case "too_small":
      return `at least ${issue.minimum.toString()}${unitOf(issue.origin)}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? "a text of another form";
    case "unrecognized_keys":
      return "not known here";
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return "another value";
  }
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " elements" : "";
}
