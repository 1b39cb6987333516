import { expect, test } from "vitest";
import { scrubConsole } from "./scrub-console";

test("an error that a library prints says nothing of a person or a secret, however it is printed", () => {
  const lines: string[] = [];
  const keep = (...said: unknown[]) => lines.push(said.map(String).join(" "));
  const printer = { error: keep, warn: keep };
  scrubConsole(printer);
  const failed = new Error("Failed query: select 1 from sessions where token = $1\nparams: vvF4C9W5tvPD", {
    cause: Object.assign(new Error("the database system is starting up"), { code: "57P03" }),
  });
  printer.error("⨯", Object.assign(new Error("the session could not be read"), { cause: failed }));
  printer.warn("INTERNAL_SERVER_ERROR", failed);
  printer.error("no route to +39 333 1234567 for anna@example.it");
  printer.error(`failed: ${failed.message}\n    at query`);
  expect(lines).toHaveLength(4);
  expect(lines.join("\n")).not.toMatch(/vvF4C9W5tvPD|333|anna/);
  expect(lines[0]).toContain("the session could not be read");
  expect(lines[0]).toContain("57P03");
});

test("a line of the log passes as it is", () => {
  const lines: unknown[] = [];
  const printer = { error: (line: unknown) => lines.push(line), warn: () => undefined };
  scrubConsole(printer);
  printer.error('{"requestId":"0011223344556677"}');
  expect(lines).toEqual(['{"requestId":"0011223344556677"}']);
});
