import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { currentSettings } from "@/lib/env";
import { isLocale, LOCALES } from "@/lib/i18n/locales";
import { isMailAddress } from "@/lib/mail-address";
import { PRODUCT_NAME } from "@/lib/mail/service";
import { createSmtpTransport } from "@/lib/mail/smtp";
import { renderMail } from "@/lib/mail/template";
import { MAIL_TEXTS } from "@/lib/mail/texts";
import { runCommand, say } from "./run-command";

// `npm run mail -- test --to ADDRESS`: proves the settings of the mail server by one mail.

const USAGE = `npm run mail -- test --to ADDRESS [--language ${LOCALES.join("|")}]`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { to: { type: "string" }, language: { type: "string", default: "en" } },
  });
  const { to = "", language } = values;
  if (positionals.join(" ") !== "test" || !isLocale(language)) throw new Error(USAGE);
  if (!isMailAddress(to)) throw new Error(`"${to}" is no mail address.\n${USAGE}`);
  const { mail } = currentSettings();
  if (mail === null) throw new Error("SMTP_URL and MAIL_FROM are not set: mail stays in the outbox.");
  const mailId = randomUUID();
  const rendered = renderMail(language, PRODUCT_NAME, MAIL_TEXTS[language].settings_test({}));
  const { host, protocol } = new URL(mail.smtpUrl);
  try {
    await createSmtpTransport(mail).send({
      ...rendered,
      mailId,
      to: { name: "", address: to },
      createdAt: new Date(),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${protocol}//${host} did not take the mail: ${reason}`, { cause: error });
  }
  say(`${host} took the mail from ${mail.from.address} to ${to}. Whether it arrives, its mailbox says.`);
});
