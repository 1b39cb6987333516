/** The mark: a ring that is three quarters full and being filled up. Own drawing, in the colours of the theme. */
export function Brand({ name }: { name: string }) {
  return (
    <span className="flex items-center gap-2 text-l font-bold tracking-tight text-ink">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6 shrink-0">
        <path d="M16 2a14 14 0 1 1-13.84 16.1l6.9-1.1A7 7 0 1 0 16 9z" className="fill-accent" />
        <path d="M2.16 18.1A14 14 0 0 1 16 2v7a7 7 0 0 0-6.94 8z" className="fill-accent opacity-40" />
      </svg>
      <span className="max-[26rem]:sr-only">{name}</span>
    </span>
  );
}
