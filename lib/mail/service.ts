import "server-only";
import { randomUUID } from "node:crypto";
import { type Caller, mayRead } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import type { Locale } from "@/lib/i18n/locales";
import type { MailAddress } from "@/lib/mail-address";
import { MAIL_KEPT_FOR_MS, MAIL_TELLS_FOR_MS, type MailKind, type MailText, type MailValues } from "./rules";
import { deleteMailsBefore, insertMail, readMailsOf, readOutbox } from "./store";
import { renderMail } from "./template";
import { MAIL_TEXTS } from "./texts";

export const PRODUCT_NAME = "Ricarica";

export type NewMail<Kind extends MailKind> = {
  readonly kind: Kind;
  readonly values: MailValues[Kind];
  readonly language: Locale;
  readonly to: MailAddress;
  /** Null for a person who belongs to no customer. */
  readonly customerId: string | null;
  /** How long it is worth sending; three days unless told otherwise. */
  readonly tellsForMs?: number;
};

/** Puts a mail into the outbox. Called in the transaction that causes it: both are there, or neither. */
export async function queueMail<Kind extends MailKind>(
  { db, now }: Pick<Context, "db" | "now">,
  { kind, values, language, to, customerId, tellsForMs = MAIL_TELLS_FOR_MS }: NewMail<Kind>,
): Promise<{ mailId: string }> {
  const mailId = randomUUID();
  const createdAt = now();
  const textOf: (values: MailValues[Kind]) => MailText = MAIL_TEXTS[language][kind];
  const { subject, textBody, htmlBody } = renderMail(language, PRODUCT_NAME, textOf(values));
  await insertMail(db, {
    customerId: customerId ?? "",
    mailId,
    kind,
    language,
    toName: to.name,
    toAddress: to.address,
    subject,
    textBody,
    htmlBody,
    state: "waiting",
    createdAt,
    expiresAt: new Date(createdAt.getTime() + tellsForMs),
    dueAt: createdAt,
  });
  return { mailId };
}

export type MailSummary = Awaited<ReturnType<typeof readMailsOf>>[number];

const isStaff = (caller: Caller) => caller.kind === "support" || caller.kind === "system";

/** What was written to the people of a customer, newest first. For staff; the page has recorded the access. */
export async function listMailsOfCustomer(
  context: Context,
  customerId: string,
  limit: number,
): Promise<Result<readonly MailSummary[]>> {
  if (!isStaff(context.caller) || !mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  return ok(await readMailsOf(context.db, customerId, limit));
}

export type Letter = Awaited<ReturnType<typeof readOutbox>>[number];

const MAX_SHOWN = 20;

/** The latest mails of the demo. Only those to addresses below `.test`, which nobody can own. */
export async function listOutbox({ db }: Pick<Context, "db">): Promise<readonly Letter[]> {
  return readOutbox(db, MAX_SHOWN);
}

const MAX_DELETED_AT_ONCE = 1000;

/** Deletes mails that are older than 90 days; returns how many. */
export async function deleteOldMails({ db, now }: Context): Promise<number> {
  const before = new Date(now().getTime() - MAIL_KEPT_FOR_MS);
  return deleteMailsBefore(db, before, MAX_DELETED_AT_ONCE);
}
