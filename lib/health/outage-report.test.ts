import { expect, test } from "vitest";
import { createOutageReport } from "./outage-report";

const refused = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

function aReport() {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const line = (event: Readonly<Record<string, unknown>>, text: string) => {
    const { failures, seconds } = event;
    lines.push(failures === undefined ? text : `${text} ${JSON.stringify([failures, seconds])}`);
  };
  return { lines, clock, ...createOutageReport({ error: line, info: line }, () => clock.ms) };
}

test("of an outage the first failure is logged, then one line a minute with their number, and its end", () => {
  const { lines, clock, report, reached } = aReport();
  reached();
  for (; clock.ms <= 150_000; clock.ms += 250) report(refused(), "looking for work");
  reached();
  reached();
  expect(lines).toEqual([
    "the database cannot be reached; everything is tried again",
    "the database still cannot be reached [241,60]",
    "the database still cannot be reached [481,120]",
    "the database is back [601,150]",
  ]);
  report(refused(), "looking for work");
  expect(lines).toHaveLength(5);
});

test("whatever else fails is logged each time, also during an outage", () => {
  const { lines, report } = aReport();
  report(refused(), "listening");
  report(new Error("a bug"), "order 1");
  report(new Error("a bug"), "order 1");
  expect(lines.slice(1)).toEqual(["failed, and is tried again", "failed, and is tried again"]);
});
