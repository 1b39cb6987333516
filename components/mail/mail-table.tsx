import { useLocale, useTranslations } from "next-intl";
import { type Column, Table } from "@/components/ui/table";
import { Pill } from "@/components/ui/pill";
import { formatInstant } from "@/lib/format";
import type { MailState } from "@/lib/mail/rules";

export type MailShown = {
  readonly mailId: string;
  readonly kind: string;
  readonly toAddress: string;
  readonly state: MailState;
  readonly lastError: string | null;
  readonly createdAt: Date;
};

const PILLS = { waiting: "neutral", sent: "good", given_up: "bad" } as const;
const KINDS = ["password_reset", "password_changed", "address_confirmation", "address_changed"] as const;

/** What was written to somebody, and whether it left. What it said is not shown. */
export function MailTable({ mails, timeZone }: { mails: readonly MailShown[]; timeZone: string }) {
  const t = useTranslations("mail");
  const locale = useLocale();
  const columns: Column<MailShown>[] = [
    {
      key: "at",
      header: t("list.at"),
      rowHeader: true,
      cell: ({ createdAt }) => formatInstant(locale, timeZone, createdAt),
    },
    {
      key: "kind",
      header: t("list.kind"),
      cell: ({ kind }) => {
        const known = KINDS.find((one) => one === kind);
        return known === undefined ? kind : t(`kinds.${known}`);
      },
    },
    {
      key: "to",
      header: t("list.to"),
      cell: ({ toAddress }) => <span className="break-all">{toAddress}</span>,
    },
    {
      key: "state",
      header: t("list.state"),
      cell: ({ state, lastError }) => (
        <>
          <Pill kind={PILLS[state]}>{t(`states.${state}`)}</Pill>
          {lastError === null ? null : (
            <span className="block text-s break-words text-ink-3">{lastError}</span>
          )}
        </>
      ),
    },
  ];
  return <Table caption={t("list.title")} columns={columns} rows={mails} rowKey={({ mailId }) => mailId} />;
}
