/**
 * What is being written, kept by this tab alone until it is sent or its writer signs out. A name begins with whoever
 * writes, so that another person who signs in on the same tab does not find it.
 */
const PREFIX = "draft:";

export const readDraft = (name: string): string | null => withStorage((kept) => kept.getItem(PREFIX + name));

export function keepDraft(name: string, text: string): void {
  withStorage((kept) => {
    kept.setItem(PREFIX + name, text);
  });
}

export function forgetDraft(name: string): void {
  withStorage((kept) => {
    kept.removeItem(PREFIX + name);
  });
}

export function forgetDrafts(): void {
  withStorage((kept) => {
    for (const key of Object.keys(kept)) if (key.startsWith(PREFIX)) kept.removeItem(key);
  });
}

/** A browser may refuse its storage, or have no more room: then nothing is kept, and nothing else fails. */
function withStorage<Value>(work: (kept: Storage) => Value): Value | null {
  try {
    return work(sessionStorage);
  } catch {
    return null;
  }
}
