/**
 * Gives each message the key under which it is sent once. The same content keeps its key until it is known to be sent,
 * so that pressing again after a lost answer repeats it and does not send it twice; other content gets another.
 */
export function createIdempotencyKeys() {
  const keys = new Map<string, string>();
  return {
    keyOf(content: string): string {
      const key = keys.get(content) ?? randomKey();
      keys.set(content, key);
      return key;
    },
    known: (content: string): string | null => keys.get(content) ?? null,
    remember(content: string, key: string): void {
      keys.set(content, key);
    },
    markSent(content: string): void {
      keys.delete(content);
    },
  };
}

export type IdempotencyKeys = ReturnType<typeof createIdempotencyKeys>;

/** 128 random bits. `crypto.randomUUID` would be missing where the panel is served without TLS to another machine. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
