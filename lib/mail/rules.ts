import type { MailAddress } from "../mail-address";

export type MailState = "waiting" | "sent" | "given_up";

/** A mail in words: what its text and its HTML say alike. */
export type MailText = {
  /** Is read in lists and on locked screens: nothing secret belongs here. */
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  /** What the reader is asked to press, and where it leads. */
  readonly action: { readonly label: string; readonly url: string } | null;
  /** Below the action: until when it holds, and what to do if one has not asked for it. */
  readonly closing: readonly string[];
  /** Why the reader got it. */
  readonly footer: string;
};

/** What the words of each mail are made with. */
export type MailValues = {
  readonly password_reset: { readonly name: string; readonly url: string };
  readonly password_changed: { readonly name: string; readonly url: string };
  readonly address_confirmation: { readonly name: string; readonly url: string };
  readonly address_changed: { readonly name: string };
  /** Sent by hand, to prove the settings. */
  readonly settings_test: Readonly<Record<string, never>>;
};

/** What mails are about. */
export type MailKind = keyof MailValues;

/** The words of all mails in one language. */
export type MailTexts = { readonly [Kind in MailKind]: (values: MailValues[Kind]) => MailText };

export type RenderedMail = { readonly subject: string; readonly textBody: string; readonly htmlBody: string };

/** What is handed to the mail server. */
export type OutgoingMail = RenderedMail & {
  readonly mailId: string;
  readonly to: MailAddress;
  readonly createdAt: Date;
};

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
export const DAY_MS = 24 * HOUR_MS;

/** News of three days ago tell nobody anything any more. */
export const MAIL_TELLS_FOR_MS = 3 * DAY_MS;

/** How long a mail is kept, whatever became of it. */
export const MAIL_KEPT_FOR_MS = 90 * DAY_MS;

/** How long to wait for the next try: half a minute, then twice as long each time, up to an hour. */
export const waitAfterMailFailure = (failures: number): number =>
  Math.min(15 * SECOND_MS * 2 ** Math.min(failures, 20), HOUR_MS);

/** The same at each try, so that whoever gets a mail twice can tell. */
export const messageIdOf = (mailId: string, from: string): string =>
  `<${mailId}@${from.slice(from.lastIndexOf("@") + 1)}>`;
