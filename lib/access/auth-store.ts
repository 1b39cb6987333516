import "server-only";

import { betterAuth } from "better-auth/minimal";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import type { Database } from "@/db/client";
import * as tables from "@/db/schema/access";
import { accessSettings, type AccessSettings } from "@/lib/env";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./rules";

/** Seven days from the sign-in. It does not slide: a page cannot set cookies, and half a renewal helps nobody. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** For how long the links in mails hold. */
export const RESET_SECONDS = 60 * 60;

type Addressee = { readonly id: string; readonly email: string };

/** What is done in the transaction in which the library makes a link, or changes a password by one. */
export type MailHooks = {
  readonly resetLink?: (user: Addressee, token: string) => Promise<void>;
  readonly wasReset?: (user: Addressee) => Promise<void>;
  readonly addressLink?: (address: string, token: string) => Promise<void>;
};

function makeAuth(db: Database, { secret, origin }: AccessSettings, hooks: MailHooks = {}) {
  const { resetLink, wasReset, addressLink } = hooks;
  const isSecure = origin.startsWith("https:");
  return betterAuth({
    appName: "Ricarica",
    baseURL: origin,
    secret,
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: {
        user: tables.users,
        session: tables.sessions,
        account: tables.credentials,
        verification: tables.verifications,
      },
    }),
    user: {
      changeEmail: { enabled: true },
      additionalFields: {
        // `input: false`: no request of any kind sets who somebody is.
        role: { type: "string", input: false, defaultValue: "customer" },
        customerId: { type: "string", input: false, required: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => resetLink?.(user, token),
      onPasswordReset: async ({ user }) => wasReset?.(user),
    },
    emailVerification: {
      expiresIn: RESET_SECONDS,
      sendVerificationEmail: async ({ user, token }) => addressLink?.(user.email, token),
    },
    // Whoever reads the table cannot use what it holds.
    verification: { storeIdentifier: "hashed" },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    // The library counts only what comes through its own routes, and has none here: `signIn` counts by itself.
    rateLimit: { enabled: false },
    advanced: {
      // The library's own prefix is __Secure-, which a neighbour of our name may set for us; __Host- it cannot.
      useSecureCookies: false,
      cookiePrefix: isSecure ? "__Host-ricarica" : "ricarica",
      defaultCookieAttributes: { secure: isSecure, path: "/" },
      ipAddress: { ipAddressHeaders: ["x-ricarica-address"] },
    },
    logger: { level: "error" },
    telemetry: { enabled: false },
  });
}

type Auth = ReturnType<typeof makeAuth>;

const made = new WeakMap<Database, Auth>();

/** The sign-in library on this database, made on first use, so that a build needs no secret. */
export function authOn(db: Database): Auth {
  const auth = made.get(db) ?? makeAuth(db, accessSettings());
  made.set(db, auth);
  return auth;
}

/** As `authOn`, for one transaction: what the library writes is written with it, and so is the mail that a hook writes. */
export function authIn(tx: Database, hooks: MailHooks): Auth {
  return makeAuth(tx, accessSettings(), hooks);
}
