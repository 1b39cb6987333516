/** The first stop of the keyboard: past the navigation, to what the page is about. */
export function SkipLink({ text }: { text: string }) {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-30 -translate-y-24 rounded-s bg-accent px-4 py-2 font-semibold text-on-accent focus:translate-y-0"
    >
      {text}
    </a>
  );
}
