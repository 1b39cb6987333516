/** Most API users of one SMS account. */
export const MAX_API_USERS = 50;

/** Letters, digits and . _ @ -, as they stand in a path and a query of any program. */
export const LOGIN_FORM = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** Visible ASCII alone: a query in Latin-1 and one in UTF-8 then say the same. */
export const API_PASSWORD_FORM = /^[\x21-\x7e]{8,64}$/;

/** Wrong passwords that are looked at within one window, before the next are refused unseen. */
export const WRONG_PASSWORDS = {
  windowSeconds: 15 * 60,
  /** Of one login from one network address. */
  mostPerPair: 10,
  mostPerAddress: 60,
  /** Of one login from anywhere: so many that nobody is locked out by a few guesses of somebody else's. */
  mostPerLogin: 100,
} as const;

/** A user as its customer sees it. The password is nowhere kept. */
export type ApiUser = { readonly login: string; readonly createdAt: Date; readonly lastUsedAt: Date | null };
