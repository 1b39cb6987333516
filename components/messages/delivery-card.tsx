import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { RefreshWhilePending } from "@/components/ui/refresh-while-pending";
import { Pill } from "@/components/ui/pill";
import { FileLink } from "@/components/ui/text-link";
import { type Column, Table } from "@/components/ui/table";
import { formatCount, formatCountry, formatInstant } from "@/lib/format";
import type { DeliveryDto, OutgoingRecipientDto } from "@/lib/messages/schema";
import { DeliveryBar } from "./delivery-bar";

/** So many recipients are shown one by one; those that were not reached come first. */
const MAX_SHOWN = 200;

/** What became of a message: how many phones it reached, and which it did not. */
export function DeliveryCard({
  delivery,
  recipients,
  timeZone,
  fileHref,
}: {
  delivery: DeliveryDto;
  recipients: readonly OutgoingRecipientDto[];
  timeZone: string;
  /** Of a file of all recipients. */
  fileHref: string;
}) {
  const t = useTranslations("delivery");
  const locale = useLocale();
  const { state, delivered, undelivered } = delivery;
  const counts = {
    count: recipients.length,
    all: formatCount(locale, recipients.length),
    delivered: formatCount(locale, delivered),
    undelivered: formatCount(locale, undelivered),
    failed: undelivered,
  };
  const shown = inOrderOfConcern(recipients).slice(0, MAX_SHOWN);
  const columns: Column<OutgoingRecipientDto>[] = [
    {
      key: "number",
      header: t("number"),
      rowHeader: true,
      cell: ({ number }) => <span className="tabular-nums">{number}</span>,
    },
    { key: "country", header: t("country"), cell: ({ country }) => formatCountry(locale, country) },
    { key: "outcome", header: t("outcome"), cell: ({ receipt }) => <Outcome receipt={receipt} /> },
    {
      key: "when",
      header: t("when"),
      numeric: true,
      cell: ({ receipt }) => (receipt === null ? "" : formatInstant(locale, timeZone, receipt.receivedAt)),
    },
  ];
  return (
    <Card title={t("title")} className="mb-4">
      <DeliveryBar delivered={delivered} undelivered={undelivered} all={recipients.length} />
      <p role="status" className="font-semibold">
        {state === "waiting"
          ? delivery.failures > 0
            ? t("failing")
            : t("waiting")
          : t(state === "ended" ? "ended" : "handed", counts)}
      </p>
      <p className="mb-3 text-s text-ink-3">{t("paid")}</p>
      <Table
        caption={
          shown.length < recipients.length
            ? t("captionSome", { shown: formatCount(locale, shown.length), all: counts.all })
            : t("caption")
        }
        hideCaption={shown.length === recipients.length}
        columns={columns}
        rows={shown}
        rowKey={({ number }) => number}
      />
      <p className="mt-3">
        <FileLink href={fileHref}>{t("download")}</FileLink>
      </p>
      {state === "ended" ? null : (
        <RefreshWhilePending state={`${state} ${(delivered + undelivered).toString()}`} />
      )}
    </Card>
  );
}

function Outcome({ receipt }: Pick<OutgoingRecipientDto, "receipt">) {
  const t = useTranslations("delivery");
  if (receipt === null) return <Pill kind="neutral">{t("underWay")}</Pill>;
  if (receipt.outcome === "delivered") return <Pill kind="good">{t("delivered")}</Pill>;
  const code = REASONS.find((reason) => reason === receipt.code) ?? "other";
  return <Pill kind="bad">{t(`reasons.${code}`)}</Pill>;
}

/** The reasons that have words; carriers have more. */
const REASONS = ["unknown_number", "unreachable", "blocked", "no_receipt"] as const;

const concernOf = ({ receipt }: OutgoingRecipientDto): number =>
  receipt === null ? 1 : receipt.outcome === "undelivered" ? 0 : 2;

const inOrderOfConcern = (recipients: readonly OutgoingRecipientDto[]) =>
  [...recipients].sort((a, b) => concernOf(a) - concernOf(b));
