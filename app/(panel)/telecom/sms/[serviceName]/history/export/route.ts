import { getLocale, getTranslations } from "next-intl/server";
import { ledgerKinds, readHistoryFilter } from "@/components/ledger/history-address";
import { getAccount } from "@/lib/accounts/service";
import { clockIn } from "@/lib/day";
import { printCredits, type Credits } from "@/lib/credits";
import { BYTE_ORDER_MARK, COMMA_SHEET_CSV, csvLine, PLAIN_CSV, type CsvCell } from "@/lib/csv";
import type { HistoryEntry, HistoryReference } from "@/lib/history/rules";
import { historyOfPeriod } from "@/lib/history/service";
import { ownAccountKey } from "@/lib/next/account";
import { requireContextOfFile } from "@/lib/next/context";
import { instantsOf, periodProblem } from "@/lib/period";

/**
 * The entries of a period, oldest first, between its opening and its closing balance. By default as RFC 4180 has it,
 * with points before decimals and instants of UTC, for programs; `style=sheet` is for spreadsheets of languages with a
 * decimal comma, with the time that the history shows.
 */
export async function GET(
  request: Request,
  { params }: RouteContext<"/telecom/sms/[serviceName]/history/export">,
): Promise<Response> {
  const context = await requireContextOfFile();
  const { serviceName } = await params;
  const key = ownAccountKey(context.caller, serviceName);
  const account = key === null ? null : await getAccount(context, key);
  if (key === null || account === null || !account.ok) return new Response(null, { status: 404 });
  const search = new URL(request.url).searchParams;
  const filter = readHistoryFilter(Object.fromEntries(search));
  if (periodProblem(filter) !== null) return new Response(null, { status: 400 });
  const { timeZone } = account.value;
  const period = instantsOf(filter, timeZone);
  const kinds = ledgerKinds(filter.kind);
  const history = await historyOfPeriod(context, key, period, kinds);
  if (!history.ok) return new Response(null, { status: 404 });

  const [t, locale] = await Promise.all([getTranslations("ledger"), getLocale()]);
  const style = search.get("style") === "sheet" && locale !== "en" ? COMMA_SHEET_CSV : PLAIN_CSV;
  const zone = style === COMMA_SHEET_CSV ? timeZone : "UTC";
  const { opening, closing, entries } = history.value;
  const instant = (at: Date): CsvCell => ({
    text: style === COMMA_SHEET_CSV ? clockIn(timeZone, at) : at.toISOString(),
  });
  const line = (cells: readonly CsvCell[]) => csvLine(cells, style);
  const balanceLine = (at: Date | undefined, text: string, balance: Credits) =>
    line([
      at === undefined ? null : instant(at),
      null,
      { text },
      null,
      { amount: printCredits(balance) },
      null,
    ]);

  async function* lines(): AsyncGenerator<string> {
    yield (
      BYTE_ORDER_MARK +
      line(
        (["when", "sequence", "kind", "amount", "balance", "reference"] as const).map((name) => ({
          text: name === "when" ? `${t("csv.when")} (${zone})` : t(`csv.${name}`),
        })),
      )
    );
    yield balanceLine(period.from, t("csv.opening"), opening);
    for await (const part of entries) yield part.map((entry) => line(cellsOf(entry))).join("");
    yield balanceLine(period.to, t("csv.closing"), closing);
  }
  const cellsOf = (entry: HistoryEntry): CsvCell[] => [
    instant(new Date(entry.postedAt)),
    { amount: entry.sequence },
    { text: t(`kind.${entry.kind}`) },
    { amount: entry.amount },
    { amount: entry.balanceAfter },
    { text: referenceText(entry.reference) },
  ];
  const referenceText = (reference: HistoryReference): string => {
    switch (reference.kind) {
      case "message":
        return reference.messageId;
      case "order":
        return t("reference.order", { order: reference.order });
      case "transfer":
        return reference.direction === "to"
          ? t("reference.transferTo", { account: reference.account })
          : t("reference.transferFrom", { account: reference.account });
      case "reason":
        return reference.reason;
      case "none":
        return "";
    }
  };

  const days = [filter.from, filter.to].filter((day) => day !== "").join("_");
  const name = [
    t("csv.fileName"),
    serviceName,
    days,
    filter.kind ?? "",
    style === COMMA_SHEET_CSV ? "sheet" : "",
  ]
    .filter((part) => part !== "")
    .join("-");
  return new Response(streamOf(lines()), {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}

/** Written as fast as it is read: a period of millions of entries never stands in memory. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await texts.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
