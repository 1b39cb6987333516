"use client";

import type { Route } from "next";
import { useEffect, useRef, useState } from "react";
import { Table, type Column } from "@/components/ui/table";
import { addDays } from "@/lib/day";
import { formatCredits, formatDate } from "@/lib/format";

/** The days of the table, newest first and without a gap: what travels with the page for those who open it. Printed credits. */
export type TableDays = {
  /** "2026-11-22". */
  readonly newest: string;
  readonly balances: readonly string[];
  /** Of those days alone on which something was bought; nothing is null. */
  readonly bought: readonly (readonly [index: number, recharged: string | null, purchased: string | null])[];
};

type Day = {
  readonly day: string;
  readonly balance: string;
  readonly recharged: string | null;
  readonly purchased: string | null;
};

export type DaysTableTexts = Readonly<
  Record<"summary" | "caption" | "day" | "recharged" | "purchased" | "balance", string>
>;

/**
 * The days of the plot as a table, drawn when somebody opens it: few do, and it is ninety rows. Without JavaScript a
 * link leads to the page that has it (`tableHref`), for which `isOpen` is set.
 */
export function DaysTable(props: {
  days: TableDays;
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
      className="more mt-2 print:hidden"
    >
      <summary>{texts.summary}</summary>
      <div>
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

function Days({ days, texts, locale }: { days: TableDays; texts: DaysTableTexts; locale: string }) {
  const boughtOn = new Map(days.bought.map(([index, ...amounts]) => [index, amounts]));
  const rows = days.balances.map((balance, index): Day => {
    const [recharged = null, purchased = null] = boughtOn.get(index) ?? [];
    return { day: addDays(days.newest, -index), balance, recharged, purchased };
  });
  const credits = (amount: string | null) => (amount === null ? "—" : formatCredits(locale, amount));
  const columns: Column<Day>[] = [
    {
      key: "day",
      header: texts.day,
      rowHeader: true,
      cell: ({ day }) => formatDate(locale, "UTC", day),
    },
    { key: "recharged", header: texts.recharged, numeric: true, cell: ({ recharged }) => credits(recharged) },
    { key: "purchased", header: texts.purchased, numeric: true, cell: ({ purchased }) => credits(purchased) },
    { key: "balance", header: texts.balance, numeric: true, cell: ({ balance }) => credits(balance) },
  ];
  return (
    <Table caption={texts.caption} columns={columns} rows={rows} rowKey={({ day }) => day} phone="scroll" />
  );
}
