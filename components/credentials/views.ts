import type { AccessRule } from "@/lib/credentials/rules";

/** A consumer key as the page shows it: instants are written out in the reader's language. */
export type KeyView = {
  readonly credentialId: string;
  readonly applicationName: string;
  readonly state: "pending" | "validated" | "refused" | "revoked" | "expired";
  readonly rules: readonly AccessRule[];
  readonly created: string;
  /** Null: no end. */
  readonly expires: string | null;
  /** Null: never. */
  readonly lastUsed: string | null;
};

export type ApplicationView = {
  readonly applicationKey: string;
  readonly name: string;
  readonly description: string;
  readonly created: string;
};

/** Shown once. */
export type Secrets = {
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly consumerKey?: string;
};

const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;

/** Do the rules allow every call? The official clients ask for it by one rule for each method. */
export const allowsAll = (rules: readonly AccessRule[]): boolean =>
  METHODS.every((each) => rules.some(({ method, path }) => [each, "*"].includes(method) && path === "/*"));
