/**
 * Whether an address, or a part of one, holds a NUL. No database takes one and nobody means one, so that what holds it
 * is refused where it comes in.
 */
export const holdsNul = (target: string): boolean => target.includes("%00") || target.includes("\0");
