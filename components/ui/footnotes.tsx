export type Footnote = { readonly id: string; readonly letter: string; readonly text: string };

/** A word with the letter of its note, as a link to it. */
export function FootnoteMark({ id, letter, children }: { id: string; letter: string; children: string }) {
  return (
    <a href={`#${id}`} className="whitespace-nowrap text-ink-2 hover:underline">
      <span>{children}</span>&nbsp;<sup>{letter}</sup>
    </a>
  );
}

/** What the letters stand for. */
export function Footnotes({ title, notes }: { title: string; notes: readonly Footnote[] }) {
  return (
    <section className="mt-6 text-s text-ink-2" aria-label={title}>
      <h2 className="mb-1 font-semibold">{title}</h2>
      <ul className="grid gap-1">
        {notes.map(({ id, letter, text }) => (
          <li key={id} id={id} className="flex gap-2 rounded-s target:bg-accent-soft">
            <sup className="mt-2 w-3 shrink-0">{letter}</sup>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
