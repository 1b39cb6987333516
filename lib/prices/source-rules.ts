/**
 * Where a figure comes from, as its source says: a published one, one taken over from another country's list, or the
 * operator's own. Nothing is shown as published that is not.
 */
export type SourceKind = "published" | "carried_over" | "own";

/** Whoever imports prices marks published ones by a source that begins with one of these. */
export function sourceKindOf(source: string): SourceKind {
  if (/^(published\b|public rates API\b|the guide\b)/i.test(source)) return "published";
  return /^carried over\b/i.test(source) ? "carried_over" : "own";
}

/** A source that the product can say in the reader's language; `other` is shown as the operator wrote it. */
export type SourceText =
  | { readonly key: "published" | "example" }
  | { readonly key: "api"; readonly list: string; readonly day: string }
  | { readonly key: "carried"; readonly list: string }
  | { readonly key: "guide"; readonly day: string }
  | { readonly key: "other"; readonly text: string };

export function readSource(source: string): SourceText {
  if (source === "published") return { key: "published" };
  if (source.startsWith("example schedule:")) return { key: "example" };
  const api = /^public rates API, billing country ([a-z]{2}), recorded (\d{4}-\d{2}-\d{2})$/.exec(source);
  if (api?.[1] !== undefined && api[2] !== undefined) return { key: "api", list: api[1], day: api[2] };
  const carried = /^carried over from price list ([a-z]{2}): no Italian figure/.exec(source);
  if (carried?.[1] !== undefined) return { key: "carried", list: carried[1] };
  const guide = /^the guide, (\d{4}-\d{2}-\d{2})$/.exec(source);
  if (guide?.[1] !== undefined) return { key: "guide", day: guide[1] };
  return { key: "other", text: source };
}

/** A source as a page notes it: a letter at each figure, and below the figures what the letter stands for. */
export type SourceNote = {
  readonly id: string;
  readonly letter: string;
  readonly kind: SourceKind;
  readonly source: string;
};

/** One note for each source, lettered in the order of their first figures. */
export function sourceNotes(sources: Iterable<string>): Map<string, SourceNote> {
  const notes = new Map<string, SourceNote>();
  for (const source of sources) {
    if (notes.has(source)) continue;
    const letter = letterOf(notes.size);
    notes.set(source, { id: `source-${letter}`, letter, kind: sourceKindOf(source), source });
  }
  return notes;
}

/** a … z, aa, ab … */
function letterOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`;
}
