import { describe, expect, it } from "vitest";
import { addDays, dayIn, FIRST_DAY, LAST_DAY, minuteIn, parseDay, startOfDay, startOfMinute } from "./day";

describe("a day", () => {
  it("begins at midnight of its own time zone, also where the clocks change", () => {
    expect(startOfDay("2026-11-22", "Europe/Rome").toISOString()).toBe("2026-11-21T23:00:00.000Z");
    expect(startOfDay("2026-07-01", "Europe/Rome").toISOString()).toBe("2026-06-30T22:00:00.000Z");
    expect(startOfDay("2026-03-29", "Europe/Rome").toISOString()).toBe("2026-03-28T23:00:00.000Z");
    expect(startOfDay("2026-03-30", "Europe/Rome").toISOString()).toBe("2026-03-29T22:00:00.000Z");
    expect(startOfDay("2026-10-26", "Europe/Rome").toISOString()).toBe("2026-10-25T23:00:00.000Z");
    expect(startOfDay("2026-11-22", "Asia/Kolkata").toISOString()).toBe("2026-11-21T18:30:00.000Z");
    expect(startOfDay("2026-11-22", "America/New_York").toISOString()).toBe("2026-11-22T05:00:00.000Z");
  });

  it("is the day of its first instant and not of the one before", () => {
    for (const zone of ["Europe/Rome", "Pacific/Auckland", "America/Los_Angeles", "UTC"]) {
      for (let day = "2026-01-01"; day < "2027-01-01"; day = addDays(day, 1)) {
        const start = startOfDay(day, zone);
        expect(dayIn(zone, start)).toBe(day);
        expect(dayIn(zone, new Date(start.getTime() - 1))).toBe(addDays(day, -1));
      }
    }
  });

  it.each([
    ["Atlantic/Azores", "2026-03-29", "2026-03-29T01:00:00.000Z"],
    ["America/Santiago", "2026-09-06", "2026-09-06T04:00:00.000Z"],
    ["America/Havana", "2026-03-08", "2026-03-08T05:00:00.000Z"],
    ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z"],
    // The clocks go back at midnight: the day begins once, at the first of two.
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"],
    // A whole day was left out there.
    ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z"],
  ])("begins in %s on %s at %s, where the clocks leave midnight out or show it twice", (zone, day, start) => {
    expect(startOfDay(day, zone).toISOString()).toBe(start);
  });

  it("begins at its first instant in every time zone, on each day of two years", () => {
    const wrong: string[] = [];
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      // A change of the clocks is the only thing that can go wrong; the rest of the days are sampled.
      for (let day = "2026-01-01"; day < "2028-01-01"; day = addDays(day, isNearChange(zone, day) ? 1 : 20)) {
        const start = startOfDay(day, zone);
        if (dayIn(zone, start) !== day || dayIn(zone, new Date(start.getTime() - 1)) >= day) {
          wrong.push(`${zone} ${day}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("is read only if it exists", () => {
    for (const day of ["2026-02-28", FIRST_DAY, LAST_DAY]) expect(parseDay(day)).toBe(day);
    for (const text of [
      "2026-02-29",
      "2026-13-01",
      "22/11/2026",
      "",
      "2026-1-1",
      "abc",
      "0026-11-01",
      "1999-12-31",
      "2101-01-01",
    ]) {
      expect(parseDay(text)).toBeNull();
    }
  });
});

describe("a minute", () => {
  it("is read and written by the clocks of its time zone", () => {
    expect(startOfMinute("2026-11-22T09:14", "Europe/Rome")?.toISOString()).toBe("2026-11-22T08:14:00.000Z");
    expect(startOfMinute("2026-07-01T09:14:30", "Europe/Rome")?.toISOString()).toBe(
      "2026-07-01T07:14:00.000Z",
    );
    expect(minuteIn("Europe/Rome", new Date("2026-11-22T08:14:59Z"))).toBe("2026-11-22T09:14");
  });

  it.each([
    "",
    "2026-11-22",
    "2026-11-31T10:00",
    "2026-11-22T24:61",
    "22/11/2026 10:00",
    "2026-11-22T10:00Z",
    "0026-11-22T10:00",
  ])("%s is none", (text) => {
    expect(startOfMinute(text, "Europe/Rome")).toBeNull();
  });
});

/** Do the clocks change in the three weeks after a day? */
function isNearChange(zone: string, day: string): boolean {
  const at = (date: string) => minuteIn(zone, new Date(`${date}T12:00:00Z`)).slice(11);
  return at(addDays(day, -2)) !== at(addDays(day, 22));
}
