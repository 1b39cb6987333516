const NAME = "phone-columns";
const MAX_REMEMBERED = 50;

/** The column that was chosen last for tables with the same columns, in this browser; null if none was. */
export function rememberedColumn(signature: string): number | null {
  return read().find(([known]) => known === signature)?.[1] ?? null;
}

export function rememberColumn(signature: string, column: number): void {
  const others = read().filter(([known]) => known !== signature);
  try {
    localStorage.setItem(NAME, JSON.stringify([[signature, column], ...others].slice(0, MAX_REMEMBERED)));
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}

type Remembered = readonly [signature: string, column: number];

function read(): Remembered[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

function isRemembered(kept: unknown): kept is Remembered {
  return Array.isArray(kept) && typeof kept[0] === "string" && typeof kept[1] === "number";
}
