import "server-only";
import { dictionary } from "@zxcvbn-ts/language-common";

let known: ReadonlySet<string> | undefined;

/** The passwords that people choose most, as they were found in leaks. Read on first use. */
const knownPasswords = () => (known ??= new Set(dictionary["passwords-common"]));

/**
 * Is this a password that a guesser tries first? That is one of the list, in whatever case; one of the list with figures or
 * signs behind it; and one that repeats a few characters.
 */
export function isKnownPassword(password: string): boolean {
  const plain = password.toLowerCase();
  const withoutEnd = plain.replace(/[^\p{L}]+$/u, "");
  const repeated = /^(.{1,6}?)\1+$/u.exec(plain)?.[1] ?? "";
  return repeated !== "" || knownPasswords().has(plain) || knownPasswords().has(withoutEnd);
}
