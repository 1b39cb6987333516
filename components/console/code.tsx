/** Text of a program or of the wire: lines are kept; long ones scroll in a region that the keyboard reaches, or wrap where no line has an end of its own. */
export function Code({ label, text, wrap = false }: { label: string; text: string; wrap?: boolean }) {
  return (
    <pre
      role="region"
      aria-label={label}
      tabIndex={0}
      className={`max-h-96 overflow-auto rounded-s bg-sunk px-3 py-2 text-s text-ink ${wrap ? "break-all whitespace-pre-wrap" : ""}`}
    >
      <code>{text}</code>
    </pre>
  );
}
