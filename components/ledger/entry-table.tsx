import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Table, type Column } from "@/components/ui/table";
import type { Cell } from "@/components/ui/table-rows";
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
      cell: ({ postedAt }) => ({ at: postedAt, text: formatInstant(locale, props.timeZone, postedAt) }),
    },
    {
      key: "kind",
      header: t("history.kind"),
      plain: true,
      rowHeader: true,
      className: "font-normal",
      cell: (entry) => t(`kind.${entry.kind}`),
    },
    {
      key: "reference",
      header: t("history.reference"),
      plain: true,
      ...(props.messageHref !== null && { base: props.messageHref("") }),
      cell: (entry) => referenceOf(entry.reference),
    },
    {
      key: "amount",
      header: t("history.amount"),
      plain: true,
      numeric: true,
      main: true,
      cell: ({ amount }) => {
        const text = formatSignedCredits(locale, amount);
        return amount.startsWith("-") ? text : <span className="font-semibold text-good">{text}</span>;
      },
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

  function referenceOf(reference: HistoryReference): Cell {
    switch (reference.kind) {
      case "message": {
        const { recipients, messageId } = reference;
        const text =
          recipients === null ? t("reference.messageOnly") : t("reference.message", { recipients });
        return props.messageHref === null ? text : { to: messageId, text };
      }
      case "order":
        return t("reference.order", { order: reference.order });
      case "transfer": {
        const { direction, account } = reference;
        const key = direction === "to" ? "reference.transferTo" : "reference.transferFrom";
        return <Unbroken text={t(key, { account })} />;
      }
      case "reason":
        return reference.reason;
      case "none":
        return "—";
    }
  }
}
