/** A piece of HTML: what was put into it is escaped already. */
export type Html = { readonly html: string };

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** Makes HTML of a template: text that is put in is escaped, pieces of HTML and lists of them are put in as they are. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  const filled = values.map((value) => {
    if (typeof value === "string") return escaped(value);
    return "html" in value ? value.html : value.map((piece) => piece.html).join("");
  });
  return { html: parts.map((part, at) => part + (filled[at] ?? "")).join("") };
}
