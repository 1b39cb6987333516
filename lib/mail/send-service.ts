import "server-only";
import type { Context } from "@/lib/context";
import { newLease } from "@/lib/leases/rules";
import { withinTime } from "@/lib/within-time";
import { waitAfterMailFailure } from "./rules";
import { type MailTransport, MailRefused } from "./smtp";
import { type MailRow, noteMail, takeDueMails } from "./store";

/*
 * The mail server is called between two transactions. If this process dies after the server has taken a mail and before
 * that is written down, the mail is sent again under the same Message-ID, by which mailboxes know it: lost it never is.
 */

export type MailEngine = {
  readonly transport: MailTransport;
  /** How long a mail belongs to the worker that took it: longer than the server may take. */
  readonly leaseMs: number;
  readonly transportTimeoutMs: number;
  /** Called when the server has taken a mail and nothing is written yet, for tests. */
  readonly onTaken?: (mail: MailRow) => Promise<void> | void;
  /** Told of what went wrong and is tried again. */
  readonly report: (error: unknown, during: string) => void;
};

/** Tries mails that are due, at most `limit`. Returns how many it took. */
export async function sendDueMails(context: Context, engine: MailEngine, limit: number): Promise<number> {
  const now = context.now();
  const held = newLease(now, engine.leaseMs);
  const taken = await takeDueMails(context.db, { now, limit, held });
  await Promise.all(taken.map((mail) => sendMail(context, engine, mail, held.lease)));
  return taken.length;
}

async function sendMail(context: Context, engine: MailEngine, mail: MailRow, lease: string): Promise<void> {
  const giveUp = (lastError: string) =>
    noteMail(context.db, mail, lease, { state: "given_up", endedAt: context.now(), lastError });
  if (mail.expiresAt <= context.now()) {
    await giveUp(mail.lastError ?? "it came too late to be of use");
    return;
  }
  try {
    await handOver(engine, mail);
    await engine.onTaken?.(mail);
    await noteMail(context.db, mail, lease, { state: "sent", endedAt: context.now(), lastError: null });
  } catch (error) {
    engine.report(error, `mail ${mail.mailId}`);
    const lastError = wordsOf(error);
    if (error instanceof MailRefused) {
      await giveUp(lastError);
      return;
    }
    const failures = mail.failures + 1;
    const dueAt = new Date(context.now().getTime() + waitAfterMailFailure(failures));
    // If this fails too, the lease ends by itself.
    await noteMail(context.db, mail, lease, { failures, lastError, dueAt }).catch(() => undefined);
  }
}

async function handOver({ transport, transportTimeoutMs }: MailEngine, mail: MailRow): Promise<void> {
  const { mailId, toName: name, toAddress: address, subject, textBody, htmlBody, createdAt } = mail;
  // Whoever is late is cut off, so that it cannot take the mail after all.
  const stop = new AbortController();
  const late = () => {
    stop.abort();
    return new Error(`the mail server did not answer within ${transportTimeoutMs.toString()} ms`);
  };
  const outgoing = { mailId, to: { name, address }, subject, textBody, htmlBody, createdAt };
  await withinTime(transport.send(outgoing, stop.signal), transportTimeoutMs, late);
}

const MAX_ERROR_LENGTH = 300;

const wordsOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH);
