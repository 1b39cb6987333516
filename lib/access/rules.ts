import type { Caller } from "../caller";

export const ROLES = ["customer", "support", "billing", "lead"] as const;

export type Role = (typeof ROLES)[number];

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/** A person who is signed in, as the shell shows him and as verbs see him. */
export type Person = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Null for staff. */
  readonly customerId: string | null;
  readonly sessionId: string;
  readonly caller: Caller;
};

/** Who a user is to the verbs; null for a customer's user without a customer, who may do nothing. */
export function callerOf(user: { userId: string; role: Role; customerId: string | null }): Caller | null {
  switch (user.role) {
    case "customer":
      return user.customerId === null
        ? null
        : { kind: "customer", customerId: user.customerId, userId: user.userId };
    case "support":
    case "billing":
    case "lead":
      return { kind: "support", userId: user.userId, right: user.role };
  }
}

/** Does a request with these cookies come from somebody who may be signed in? Everybody else is a stranger for sure. */
export const bringsSession = (cookies: string | null): boolean => cookies?.includes("session_token") === true;

/**
 * Where to go after signing in: the path that was asked for, if it is one of ours, else the start. Judged and returned as a
 * browser resolves it: `/.//host` and `/%2e//host` become `//host`, which is another site.
 */
export function safeReturnPath(asked: unknown): string {
  if (typeof asked !== "string" || asked.length > 500) return "/";
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked)) return "/";
  const base = "http://own.invalid";
  if (!URL.canParse(asked, base)) return "/";
  const { origin, pathname, search, hash } = new URL(asked, base);
  if (origin !== base || pathname.startsWith("//") || pathname.startsWith("/sign-in")) return "/";
  return pathname + search + hash;
}

/** Where a sign-in comes from. `address` is what the route adapter vouches for, never a header as sent. */
export type Origin = {
  readonly address: string;
  readonly userAgent: string | null;
  /** What a sign-in that succeeded left in this browser, as it came; null where none did. */
  readonly device: string | null;
};

/** How many sign-ins may be tried in one window before the next are refused unseen. */
export const THROTTLE = {
  windowSeconds: 15 * 60,
  /** From one network address, behind which a whole office may sit. */
  mostPerAddress: 60,
  /** For one e-mail address from one network address: enough for a forgetful person, far too few to guess. */
  mostPerPair: 10,
  /** For one e-mail address from a browser that has signed in with it, which none of the other limits touches. */
  mostPerDevice: 10,
  /** For one e-mail address from anywhere. What is more is only slow, so that nobody can lock somebody else out. */
  promptPerEmail: 10,
  slowerByMs: 250,
  slowestMs: 5000,
} as const;

/** How long a try waits before it is looked at, when it is the so-manieth for its e-mail address. */
export function delayMs(tries: number): number {
  return Math.min(Math.max(tries - THROTTLE.promptPerEmail, 0) * THROTTLE.slowerByMs, THROTTLE.slowestMs);
}

/**
 * The network address of who asks. `peer` is the other end of the connection. Each proxy in front that the operator
 * vouches for appends the address that it saw to X-Forwarded-For, so with n proxies the n-th from the right is
 * true; what stands left of it is what the visitor wrote, and is never believed.
 */
export function addressOf(peer: string | null, forwardedFor: string | null, trustedProxies: number): string {
  if (trustedProxies === 0 || forwardedFor === null) return peer ?? "unknown";
  const entries = forwardedFor.split(",").map((entry) => entry.trim());
  return entries.at(-trustedProxies) ?? peer ?? "unknown";
}

/** What one visitor is counted by: an IPv4 address, or the first half of an IPv6 one, of which anybody has many. */
export function networkOf(address: string): string {
  const plain = address
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/%.*$/, "")
    .toLowerCase();
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - groups.length - after.length }, () => "0");
  return `${[...groups, ...zeros, ...after].slice(0, 4).join(":")}::/64`;
}

const BROWSERS = [
  ["Edge", /\bEdg[A-Za-z]*\//],
  ["Opera", /\bOPR\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ["Safari", /\bSafari\//],
] as const;

const SYSTEMS = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /\bLinux\b/],
] as const;

/** "Firefox, Linux", as far as a browser tells; null if it tells nothing known. A hint for people, no proof of anything. */
export function deviceOf(userAgent: string | null): string | null {
  const first = (known: readonly (readonly [string, RegExp])[]) =>
    known.find(([, pattern]) => pattern.test(userAgent ?? ""))?.[0];
  const parts = [first(BROWSERS), first(SYSTEMS)].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(", ");
}

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
