/** The first value of each name, of a query and a body in the form of a browser's, each as the bytes that came. */
export function readForm(parts: readonly string[], charset: string | null): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of parts.flatMap((part) => part.split("&"))) {
    const mark = pair.indexOf("=");
    if (mark < 1) continue;
    const name = decoded(pair.slice(0, mark), charset);
    if (!values.has(name)) values.set(name, decoded(pair.slice(mark + 1), charset));
  }
  return values;
}

/** The numbers of `to`. In a query an unescaped plus says a blank: before a number it was meant as it was written. */
export const receiversOf = (to: string): string[] =>
  to
    .split(/[,;]/)
    .map(withPlus)
    .filter((number) => number !== "");

/** A sender, or a number, that may have lost its plus in the same way. */
export const withPlus = (text: string): string => text.replace(/^ (?=\d)/, "+").trim();

/** Line breaks as programs write them: `%0d` says one, and some escape its percent sign once more. */
export const messageOf = (text: string): string => text.replace(/\r\n?|%0[dD](?:%0[aA])?/g, "\n");

/** Bytes that are UTF-8 are read as that, all others as Latin-1 in Windows' form, which old programs send. */
function decoded(text: string, charset: string | null): string {
  const bytes = Buffer.from(
    text
      .replaceAll("+", " ")
      .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    "latin1",
  );
  const isLatin = /^(iso-8859-1|iso-8859-15|latin1|windows-1252)$/i.test(charset ?? "");
  if (!isLatin) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      // Not UTF-8, so it is the other.
    }
  }
  return new TextDecoder("windows-1252").decode(bytes);
}
