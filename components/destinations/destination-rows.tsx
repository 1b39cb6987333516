"use client";

/** One row as it is written, without what is the same in all: it travels to the browser beside the row itself. */
export type RowTexts = readonly [
  name: string,
  country: string,
  callingCode: string,
  credits: string,
  money: string,
  perHundred: string,
  /** The letter of the note that says where the figure comes from. */
  note: string,
  withBalance: string | null,
  isHidden?: true,
];

/** The words that stand in every row. */
export type RowWords = {
  readonly code: string;
  readonly credits: string;
  readonly money: string;
  readonly hundred: string;
  readonly balance: string;
  readonly source: string;
  /** By the letter of the note. */
  readonly kinds: Readonly<Record<string, string>>;
};

/** The rows of the table of destinations. Drawn here too, so that the page carries each text twice, and not each element. */
export function DestinationRows({ rows, words }: { rows: readonly RowTexts[]; words: RowWords }) {
  return rows.map(([name, country, code, credits, money, hundred, note, balance, isHidden]) => (
    <tr role="row" key={country} data-country={country} hidden={isHidden}>
      <th role="rowheader" scope="row">
        <span>{name}</span> <small>{country}</small>
      </th>
      <td role="cell" data-label={words.code}>
        {`+${code}`}
      </td>
      <td role="cell" data-label={words.credits}>
        <b>{credits}</b>
      </td>
      <td role="cell" data-label={words.money}>
        {money}
      </td>
      <td role="cell" data-label={words.hundred}>
        {hundred}
      </td>
      {balance === null ? null : (
        <td role="cell" data-label={words.balance}>
          {balance}
        </td>
      )}
      <td role="cell" data-label={words.source}>
        <a href={`#source-${note}`}>
          <span>{words.kinds[note]}</span>&nbsp;
          <sup>{note}</sup>
        </a>
      </td>
    </tr>
  ));
}
