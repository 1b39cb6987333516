const PATHS = {
  check: "M4 10.5l4 4 8-9",
  warn: "M10 3L2 17h16L10 3zm0 5.5v4m0 2.2v.3",
  bad: "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM7.3 7.3l5.4 5.4m0-5.4l-5.4 5.4",
  info: "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zm0 6.5v4.5m0-7v.3",
  down: "M5 7.5l5 5 5-5",
  right: "M7.5 5l5 5-5 5",
  left: "M12.5 5l-5 5 5 5",
  close: "M5 5l10 10M15 5L5 15",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  up: "M10 16V4m0 0L5 9m5-5l5 5",
  pause: "M7 4.5v11m6-11v11",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing in the colour and size of the text. It repeats what a word says, so it is hidden from readers. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={className === "" ? "icon" : `icon ${className}`}>
      <path d={PATHS[name]} />
    </svg>
  );
}
