"use client";

import type { Route } from "next";
import { useEffect, useRef, useState } from "react";
import { Table, type Column } from "@/components/ui/table";
import { formatCredits, formatDate } from "@/lib/format";

/** A day of the table: "2026-11-22" and printed credits; nothing bought is null. */
export type DayTexts = readonly [
  day: string,
  recharged: string | null,
  purchased: string | null,
  balance: string,
];

export type DaysTableTexts = Readonly<
  Record<"summary" | "caption" | "day" | "recharged" | "purchased" | "balance", string>
>;

/**
 * The days of the plot as a table, drawn when somebody opens it: few do, and it is ninety rows. Without JavaScript a
 * link leads to the page that has it (`tableHref`), for which `isOpen` is set.
 */
export function DaysTable(props: {
  days: readonly DayTexts[];
  texts: DaysTableTexts;
  locale: string;
  isOpen: boolean;
  tableHref: Route;
}) {
  const { texts, tableHref } = props;
  const details = useRef<HTMLDetailsElement>(null);
  const [isShown, setIsShown] = useState(props.isOpen);
  // It may have been opened before the script was there to notice.
  useEffect(() => {
    if (details.current?.open === true) setIsShown(true);
  }, []);
  return (
    <details
      ref={details}
      open={props.isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open) setIsShown(true);
      }}
      className="mt-2 text-ink-2 print:hidden"
    >
      <summary className="w-fit rounded-s py-1 text-s font-semibold hover:text-ink">{texts.summary}</summary>
      <div className="mt-2">
        {isShown ? (
          <Days days={props.days} texts={texts} locale={props.locale} />
        ) : (
          <noscript>
            <a href={tableHref} className="text-link">
              {texts.caption}
            </a>
          </noscript>
        )}
      </div>
    </details>
  );
}

function Days({ days, texts, locale }: { days: readonly DayTexts[]; texts: DaysTableTexts; locale: string }) {
  const credits = (amount: string | null) => (amount === null ? "—" : formatCredits(locale, amount));
  const columns: Column<DayTexts>[] = [
    {
      key: "day",
      header: texts.day,
      rowHeader: true,
      cell: ([day]) => formatDate(locale, "UTC", day),
    },
    { key: "recharged", header: texts.recharged, numeric: true, cell: ([, amount]) => credits(amount) },
    { key: "purchased", header: texts.purchased, numeric: true, cell: ([, , amount]) => credits(amount) },
    { key: "balance", header: texts.balance, numeric: true, cell: ([, , , amount]) => credits(amount) },
  ];
  return (
    <Table caption={texts.caption} columns={columns} rows={days} rowKey={([day]) => day} phone="scroll" />
  );
}
