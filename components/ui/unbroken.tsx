/**
 * A text in which a word with hyphens, such as the name of an account, stays on one line where a line can hold it: a
 * browser would end a line at each hyphen.
 */
export function Unbroken({ text }: { text: string }) {
  return (
    <span key={text}>
      {text.split(/(\S+-\S+)/).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          // A box of its own goes to the next line as a whole, and breaks only if it is wider than that.
          <span key={index} translate="no" className="inline-block max-w-full">
            {part}
          </span>
        ),
      )}
    </span>
  );
}
