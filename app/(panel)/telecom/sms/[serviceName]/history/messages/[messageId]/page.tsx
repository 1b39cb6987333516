import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { historyPath, messagePath } from "@/components/accounts/paths";
import { type CostRow, MessageCosts } from "@/components/ledger/message-costs";
import { getAccount } from "@/lib/accounts/service";
import { DeliveryCard } from "@/components/messages/delivery-card";
import { addCredits, NO_CREDITS, parseCredits, printCredits } from "@/lib/credits";
import { formatCredits, formatInstant, pluralOf } from "@/lib/format";
import { countParts } from "@/lib/messages/parts";
import { getOutgoing } from "@/lib/messages/outgoing-service";
import type { OutgoingRecipientDto } from "@/lib/messages/schema";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("kind.message") };
}

export default async function MessagePage({
  params,
}: PageProps<"/telecom/sms/[serviceName]/history/messages/[messageId]">) {
  const context = await requirePanelContext();
  const { serviceName, messageId } = await params;
  const key = requireAccountKey(context.caller, serviceName);
  const [account, found] = await Promise.all([
    getAccount(context, key),
    getOutgoing(context, key, messageId),
  ]);
  if (!account.ok || !found.ok) notFound();
  const message = found.value;
  const [t, tSend, locale] = await Promise.all([
    getTranslations("ledger"),
    getTranslations("messages.send"),
    getLocale(),
  ]);
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("message.title", {
          credits: formatCredits(locale, message.credits),
          n: pluralOf(message.credits),
        })}
        description={t("message.sentAt", {
          time: formatInstant(locale, account.value.timeZone, message.sentAt, "full"),
        })}
        below={[{ text: t("history.title"), href: historyPath(serviceName) }, { text: t("kind.message") }]}
      />
      {message.delivery === null ? null : (
        <DeliveryCard
          delivery={message.delivery}
          recipients={message.to}
          timeZone={account.value.timeZone}
          fileHref={`${messagePath(serviceName, messageId)}/export`}
        />
      )}
      <MessageCosts
        text={message.text}
        details={t("message.parts", {
          parts: message.parts,
          encoding: tSend(`encodings.${message.encoding}`),
          characters: countParts(message.text).characters,
        })}
        rows={costRows(message.to, message.parts)}
        total={message.credits}
      />
    </>
  );
}

/** One row for each country and rate, in the order in which they were sent to. */
function costRows(recipients: readonly OutgoingRecipientDto[], parts: number): CostRow[] {
  const rows = new Map<string, CostRow>();
  for (const { country, rate, credits } of recipients) {
    const row = rows.get(`${country} ${rate}`);
    const sum = addCredits(amount(row?.credits), amount(credits));
    rows.set(`${country} ${rate}`, {
      country,
      rate,
      parts,
      recipients: (row?.recipients ?? 0) + 1,
      credits: printCredits(sum),
    });
  }
  return [...rows.values()];
}

const amount = (text = "0") => parseCredits(text) ?? NO_CREDITS;
