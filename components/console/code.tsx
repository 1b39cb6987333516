/** Text of a program or of the wire: lines are kept, long ones scroll in a region that the keyboard reaches. */
export function Code({ label, text }: { label: string; text: string }) {
  return (
    <pre
      role="region"
      aria-label={label}
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-s bg-sunk px-3 py-2 text-s text-ink"
    >
      <code>{text}</code>
    </pre>
  );
}
