import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { LetterCard } from "@/components/mail/letter-card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/format";
import { listOutbox } from "@/lib/mail/service";
import { strangerContext } from "@/lib/next/context";
import { serverSettings } from "@/lib/next/settings";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mail.outbox");
  return { title: t("title") };
}

/** What would have been sent, for a demo without a mail server. With one the page does not exist. */
export default async function OutboxPage() {
  if (serverSettings().mail !== null) notFound();
  const [letters, t, locale, timeZone] = await Promise.all([
    listOutbox(strangerContext()),
    getTranslations("mail.outbox"),
    getLocale(),
    getTimeZone(),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("intro")} />
      {letters.length === 0 ? <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState> : null}
      <div className="grid gap-4">
        {letters.map(({ mailId, subject, toAddress, textBody, createdAt }) => (
          <LetterCard
            key={mailId}
            subject={subject}
            about={t("about", { address: toAddress, at: formatInstant(locale, timeZone, createdAt) })}
            textBody={textBody}
            htmlAddress={`/outbox/html/${mailId}`}
            asHtml={t("asHtml")}
          />
        ))}
      </div>
    </>
  );
}
