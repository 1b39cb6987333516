const MS_PER_DAY = 86_400_000;

/** The days that are read at all. A field of dates makes "0026" of a year that is typed with two figures. */
export const FIRST_DAY = "2000-01-01";
export const LAST_DAY = "2100-12-31";

/** Reads a calendar day, "2026-11-22"; null for anything else, days that do not exist included. */
export function parseDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < FIRST_DAY || text > LAST_DAY) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}

/** The calendar day `count` days after a day; before it for a negative count. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The calendar day of an instant in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  return clockIn(timeZone, instant).slice(0, 10);
}

/** The first instant of a calendar day in a time zone: 01:00 on a day whose midnight the clocks leave out. */
export function startOfDay(day: string, timeZone: string): Date {
  return instantOf(Date.parse(`${day}T00:00:00Z`), timeZone);
}

/** The first instant at which the clocks of a time zone show what those of UTC show at `clock`, or have left it out. */
function instantOf(clock: number, timeZone: string): Date {
  const [before, after] = [-MS_PER_DAY, MS_PER_DAY].map(
    (away) => clock - offsetAt(timeZone, new Date(clock + away)),
  ) as [number, number];
  const shownAt = (instant: number) => instant + offsetAt(timeZone, new Date(instant));
  const [exact] = [before, after].sort((a, b) => a - b).filter((instant) => shownAt(instant) === clock);
  if (exact !== undefined) return new Date(exact);
  // Between the two the clocks jump over it.
  let [early, late] = [Math.min(before, after), Math.max(before, after)];
  while (late - early > 1000) {
    const middle = early + Math.floor((late - early) / 2000) * 1000;
    if (shownAt(middle) < clock) early = middle;
    else late = middle;
  }
  return new Date(late);
}

/** The minute of an instant in a time zone, as a field of date and time has it: "2026-11-22T09:14". */
export function minuteIn(timeZone: string, instant: Date): string {
  return clockIn(timeZone, instant).slice(0, 16).replace(" ", "T");
}

/** The first instant of a minute by the clocks of a time zone; null for what is none. */
export function startOfMinute(text: string, timeZone: string): Date | null {
  const [, day = "", time = ""] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?$/.exec(text) ?? [];
  const clock = Date.parse(`${day}T${time}:00Z`);
  return parseDay(day) === null || Number.isNaN(clock) ? null : instantOf(clock, timeZone);
}

/** How far the clocks of a time zone are ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, instant: Date): number {
  const whole = Math.floor(instant.getTime() / 1000) * 1000;
  return Date.parse(`${clockIn(timeZone, instant).replace(" ", "T")}Z`) - whole;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** "2026-11-22 09:14:05", as a clock in that zone shows it. */
export function clockIn(timeZone: string, instant: Date): string {
  // Swedish writes dates as ISO 8601 does.
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  clocks.set(timeZone, clock);
  return clock.format(instant);
}
