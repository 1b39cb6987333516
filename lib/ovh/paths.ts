import type { Call, Method } from "./calls/call";

/** What a path below the base leads to. */
export type Found<Entry> = {
  /** By method. */
  readonly entries: ReadonlyMap<Method, Entry>;
  /** What stands for `{serviceName}` and the like, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** The path that is served, decoded: what access rules are held against. */
  readonly served: string;
};

type Pattern<Entry> = { readonly segments: readonly string[]; readonly entries: Map<Method, Entry> };

const isVariable = (segment: string): boolean => segment.startsWith("{");

/** Finds the calls of a path. A segment that is written out goes before a variable: `/sms/estimate` is no account. */
export function pathFinder<Entry extends { readonly call: Pick<Call, "method" | "path"> }>(
  entries: readonly Entry[],
): (below: string) => Found<Entry> | null {
  const patterns = new Map<string, Pattern<Entry>>();
  for (const entry of entries) {
    const pattern = patterns.get(entry.call.path) ?? {
      segments: entry.call.path.split("/").slice(1),
      entries: new Map<Method, Entry>(),
    };
    pattern.entries.set(entry.call.method, entry);
    patterns.set(entry.call.path, pattern);
  }
  const variables = (pattern: Pattern<Entry>): number => pattern.segments.filter(isVariable).length;
  const ordered = [...patterns.values()].sort((a, b) => variables(a) - variables(b));
  return (below) => {
    const segments = decodeSegments(below);
    if (segments === null) return null;
    for (const pattern of ordered) {
      const path = match(pattern.segments, segments);
      if (path !== null) return { entries: pattern.entries, path, served: `/${segments.join("/")}` };
    }
    return null;
  };
}

/**
 * Decodes each part of a path; a slash at its end stands for nothing. Null for what no call is named by: an escape that stands for nothing, or one for a
 * slash or a control character, so that what a rule is held against is what is served.
 */
function decodeSegments(below: string): string[] | null {
  if (!below.startsWith("/") || below.length > 1000) return null;
  try {
    const segments = below.slice(1).replace(/\/$/, "").split("/").map(decodeURIComponent);
    return segments.every((segment) => segment !== "" && !/[/\p{Cc}]/u.test(segment)) ? segments : null;
  } catch {
    return null;
  }
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const path: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (isVariable(expected)) path[expected.slice(1, -1)] = segment;
    else if (expected !== segment) return null;
  }
  return path;
}
