import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Table, type Column } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Unbroken } from "@/components/ui/unbroken";
import { formatCredits, formatInstant, formatSignedCredits } from "@/lib/format";
import type { HistoryEntry, HistoryReference } from "@/lib/history/rules";

/**
 * Entries, newest first. A message leads to what it cost, where the reader may see that; `whyHref` adds a column that leads
 * to why the entry happened.
 */
export function EntryTable(props: {
  entries: readonly HistoryEntry[];
  timeZone: string;
  messageHref: ((messageId: string) => Route) | null;
  whyHref?: ((sequence: string) => Route) | undefined;
}) {
  const t = useTranslations("ledger");
  const { whyHref } = props;
  const locale = useLocale();
  const columns: Column<HistoryEntry>[] = [
    {
      key: "when",
      header: t("history.when"),
      plain: true,
      cell: (entry) => (
        <time dateTime={entry.postedAt} className="whitespace-nowrap text-ink-2">
          {formatInstant(locale, props.timeZone, entry.postedAt)}
        </time>
      ),
    },
    {
      key: "kind",
      header: t("history.kind"),
      plain: true,
      rowHeader: true,
      cell: (entry) => <span className="font-normal">{t(`kind.${entry.kind}`)}</span>,
    },
    {
      key: "reference",
      header: t("history.reference"),
      plain: true,
      cell: (entry) => <Reference reference={entry.reference} messageHref={props.messageHref} />,
    },
    {
      key: "amount",
      header: t("history.amount"),
      plain: true,
      numeric: true,
      main: true,
      cell: (entry) => (
        <span className={entry.amount.startsWith("-") ? "" : "font-semibold text-good"}>
          {formatSignedCredits(locale, entry.amount)}
        </span>
      ),
    },
    {
      key: "balance",
      header: t("history.balance"),
      numeric: true,
      cell: (entry) => formatCredits(locale, entry.balanceAfter),
    },
    ...(whyHref === undefined
      ? []
      : [
          {
            key: "why",
            header: t("history.whyHeader"),
            cell: ({ sequence }: HistoryEntry) => (
              <TextLink href={whyHref(sequence)} prefetch={false}>
                <span>{t("history.why")}</span>{" "}
                <span className="sr-only">{t("history.whyOf", { sequence })}</span>
              </TextLink>
            ),
          },
        ]),
  ];
  return (
    <Table
      caption={t("history.caption")}
      columns={columns}
      rows={props.entries}
      rowKey={(entry) => entry.sequence}
      phone="lines"
    />
  );
}

function Reference(props: {
  reference: HistoryReference;
  messageHref: ((messageId: string) => Route) | null;
}) {
  const t = useTranslations("ledger.reference");
  const { reference } = props;
  switch (reference.kind) {
    case "message": {
      const text =
        reference.recipients === null ? t("messageOnly") : t("message", { recipients: reference.recipients });
      if (props.messageHref === null) return <span>{text}</span>;
      return (
        <TextLink href={props.messageHref(reference.messageId)} prefetch={false}>
          {text}
        </TextLink>
      );
    }
    case "order":
      return <span>{t("order", { order: reference.order })}</span>;
    case "transfer":
      return (
        <Unbroken
          text={t(reference.direction === "to" ? "transferTo" : "transferFrom", {
            account: reference.account,
          })}
        />
      );
    case "reason":
      return <span>{reference.reason}</span>;
    case "none":
      return <span>—</span>;
  }
}
