/** How many rows of a list a caller may have at once: what was asked for, at least one and at most `max`. */
export const pageLimit = (asked: number, max: number): number =>
  Math.min(Math.max(Math.trunc(asked), 1), max);

/**
 * A page out of rows that were read with one more than fits, which tells whether others follow. `next` is the place
 * behind the last row, as `placeOf` prints it; null on the last page.
 */
export function cutPage<Row, Place>(
  found: readonly Row[],
  limit: number,
  placeOf: (last: Row) => Place,
): { readonly rows: readonly Row[]; readonly next: Place | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? placeOf(last) : null };
}
