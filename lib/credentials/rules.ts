/** One right of a consumer key: a method, or `*` for all, and a path in which `*` stands for any characters. */
export type AccessRule = { readonly method: RuleMethod; readonly path: string };

export const RULE_METHODS = ["GET", "POST", "PUT", "DELETE", "*"] as const;
export type RuleMethod = (typeof RULE_METHODS)[number];

/** What a program may do that was given no list of rules: everything its customer may. */
export const ALL_RULES: readonly AccessRule[] = [{ method: "*", path: "/*" }];

export const MAX_RULES = 50;
export const LONGEST_RULE_PATH = 200;

/** A key that nobody has allowed within this time can no longer be allowed. */
export const PENDING_HOURS = 24;

/** For how long a customer may allow a program to act; null has no end. The first is the one offered. */
export const VALIDITY_DAYS = [30, 1, 365, null] as const;
export type ValidityDays = (typeof VALIDITY_DAYS)[number];

export type StoredState = "pending" | "validated" | "refused" | "revoked";
/** As seen now: a validated key past its end is expired. */
export type CredentialState = StoredState | "expired";

export function stateAt(stored: StoredState, expiresAt: Date | null, now: Date): CredentialState {
  const isOver = expiresAt !== null && expiresAt <= now;
  return isOver && (stored === "validated" || stored === "pending") ? "expired" : stored;
}

/**
 * Whether one of the rules covers a call. `path` is the one that is served: decoded, below the base path, without a
 * slash at its end. At the end of a rule one stands for nothing either, since many programs write both with it.
 */
export function isGranted(rules: readonly AccessRule[], method: string, path: string): boolean {
  return rules.some(
    (rule) =>
      (rule.method === "*" || rule.method === method) && coversPath(rule.path.replace(/(.)\/$/, "$1"), path),
  );
}

/**
 * Whether a pattern covers a path. `*` stands for any run of characters, slashes too, and `/sms/*` does not cover
 * `/sms`. Walks both strings with one point to come back to, so that no pattern takes more than their product.
 */
export function coversPath(pattern: string, path: string): boolean {
  let inPattern = 0;
  let inPath = 0;
  let star = -1;
  let afterStar = 0;
  while (inPath < path.length) {
    if (pattern[inPattern] === "*") {
      star = inPattern;
      inPattern += 1;
      afterStar = inPath;
    } else if (pattern[inPattern] === path[inPath]) {
      inPattern += 1;
      inPath += 1;
    } else if (star >= 0) {
      afterStar += 1;
      inPath = afterStar;
      inPattern = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === "*") inPattern += 1;
  return inPattern === pattern.length;
}

/** Reads "GET /sms/*". Null for anything else. */
export function parseAccessRule(text: string): AccessRule | null {
  const [, method, path] = /^(\S+) (\/\S*)$/.exec(text.trim()) ?? [];
  const known = RULE_METHODS.find((each) => each === method?.toUpperCase());
  if (known === undefined || path === undefined || !isRulePath(path)) return null;
  return { method: known, path };
}

export const printAccessRule = (rule: AccessRule): string => `${rule.method} ${rule.path}`;

/** A path of a rule: begins with a slash, holds no blank, query or control character, and is not too long. */
export function isRulePath(path: string): boolean {
  return path.length <= LONGEST_RULE_PATH && /^\/[\w./{}*~@:-]*$/.test(path);
}

/**
 * Whether an address may be where the browser is sent after a customer has decided: https, or http on the reader's
 * own machine, where programs under development listen. Never a script or a file.
 */
export function isRedirection(address: string): boolean {
  if (address.length > 500 || !URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}
