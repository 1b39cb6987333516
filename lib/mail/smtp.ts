import "server-only";
import { createTransport } from "nodemailer";
import type { MailSettings } from "../env";
import { isMailAddress } from "../mail-address";
import { messageIdOf, type OutgoingMail } from "./rules";

/** The way out. It resolves when the next server has taken the mail; `MailRefused` says that it never will. */
export type MailTransport = {
  readonly send: (mail: OutgoingMail, signal?: AbortSignal) => Promise<void>;
};

/** The mail was refused for good: this address does not exist, or the server will not have what it says. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
}

const TIMEOUT_MS = 10_000;

/** Sends by the server of the settings, one connection for each mail. */
export function createSmtpTransport(
  { smtpUrl, from }: MailSettings,
  timeoutMs: number = TIMEOUT_MS,
): MailTransport {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  const hasSignIn = username !== "";
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (protocol === "smtps:" ? 465 : 587) : Number(port),
    secure: protocol === "smtps:",
    // A password never goes over a line that anybody can read.
    requireTLS: hasSignIn && !isLocal,
    ...(hasSignIn && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ mailId, to, subject, textBody, htmlBody, createdAt }, signal) => {
      if (!isMailAddress(to.address)) throw new MailRefused("this is no address that mail can be sent to");
      try {
        await transport.sendMail({
          from,
          to,
          envelope: { from: from.address, to: [to.address] },
          subject,
          text: textBody,
          html: htmlBody,
          date: createdAt,
          messageId: messageIdOf(mailId, from.address),
          headers: { "Auto-Submitted": "auto-generated" },
          ...(signal !== undefined && { signal }),
        });
      } catch (error) {
        throw isRefusal(error) ? new MailRefused(error.message, { cause: error }) : error;
      }
    },
  };
}

/** What the server says of this recipient or of this mail, for good. A refused sign-in or sender is a matter of the settings. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !("permanent" in error) || !("command" in error)) return false;
  return error.permanent === true && (error.command === "RCPT TO" || error.command === "DATA");
}
