"use client";

/** Many options of a choice, drawn in the browser too, so that the page does not carry the elements of each twice. */
export function Options({ options }: { options: readonly (readonly [value: string, text: string])[] }) {
  return options.map(([value, text]) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}
