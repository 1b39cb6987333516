import "server-only";
import { and, desc, eq, inArray, like, lt } from "drizzle-orm";
import type { Database } from "@/db/client";
import { mails } from "@/db/schema/mail";
import { takeDue, type Taking, writeHeldRow } from "@/lib/leases/store";
import type { MailState } from "./rules";

export type MailRow = typeof mails.$inferSelect;

export async function insertMail(db: Database, row: typeof mails.$inferInsert): Promise<void> {
  await db.insert(mails).values(row);
}

/** Takes mails that are due and that nobody holds. */
export async function takeDueMails(db: Database, taking: Taking): Promise<MailRow[]> {
  return takeDue(db, mails, mails.mailId, taking);
}

const isMail = (customerId: string, mailId: string) =>
  and(eq(mails.customerId, customerId), eq(mails.mailId, mailId));

export type MailStep =
  | {
      readonly state: Exclude<MailState, "waiting">;
      readonly endedAt: Date;
      readonly lastError: string | null;
    }
  | { readonly failures: number; readonly lastError: string; readonly dueAt: Date };

/** Writes what became of a try, and lets go. False, and nothing is written, if the lease has gone to somebody else. */
export async function noteMail(
  db: Database,
  { customerId, mailId }: Pick<MailRow, "customerId" | "mailId">,
  lease: string,
  step: MailStep,
): Promise<boolean> {
  const fields = { dueAt: null, ...step };
  return (await writeHeldRow(db, mails, isMail(customerId, mailId), lease, fields, null)) !== null;
}

/** Of a customer's people, newest first: to whom, about what, and what became of it, without what it said. */
export async function readMailsOf(db: Database, customerId: string, limit: number) {
  return db
    .select({
      mailId: mails.mailId,
      kind: mails.kind,
      toAddress: mails.toAddress,
      state: mails.state,
      failures: mails.failures,
      lastError: mails.lastError,
      createdAt: mails.createdAt,
    })
    .from(mails)
    .where(eq(mails.customerId, customerId))
    .orderBy(desc(mails.createdAt))
    .limit(limit);
}

const LETTER = {
  mailId: mails.mailId,
  toAddress: mails.toAddress,
  subject: mails.subject,
  textBody: mails.textBody,
  htmlBody: mails.htmlBody,
  state: mails.state,
  createdAt: mails.createdAt,
};

const isShownToAll = like(mails.toAddress, "%.test");

/** The latest mails to addresses that nobody can own. Of all customers: it is the demo's. */
export async function readOutbox(db: Database, limit: number) {
  return db.select(LETTER).from(mails).where(isShownToAll).orderBy(desc(mails.createdAt)).limit(limit);
}

/** Deletes what is older, a batch at a time; returns how many. */
export async function deleteMailsBefore(db: Database, before: Date, limit: number): Promise<number> {
  const old = db.select({ mailId: mails.mailId }).from(mails).where(lt(mails.createdAt, before)).limit(limit);
  const deleted = await db
    .delete(mails)
    .where(and(inArray(mails.mailId, old), lt(mails.createdAt, before)))
    .returning({ mailId: mails.mailId });
  return deleted.length;
}
