import { expect, test } from "vitest";
import { createLog } from "./log";

test("a logged error keeps its request's id and says nothing of a person or a secret", () => {
  const lines: string[] = [];
  const log = createLog("server", "info", { write: (line) => lines.push(line) });
  const refused = Object.assign(new Error("Key (email)=(anna@example.it) already exists"), {
    severity: "ERROR",
    code: "23505",
    constraint_name: "customers_email_unique",
  });
  const failed = new Error("Failed query: insert into messages\nparams: Ciao Anna,+393331234567", {
    cause: refused,
  });
  log.error(
    { requestId: "IT.1", err: failed, email: "anna@example.it", consumerKey: "ck-9" },
    "a call failed",
  );
  log.error(
    { requestId: "IT.2", err: new Error("no route to +39 333 1234567 for bruno@example.it") },
    "failed",
  );

  const written = lines.join("");
  expect(written).not.toMatch(/anna|bruno|333|ciao|ck-9/i);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "error",
    service: "server",
    requestId: "IT.1",
    err: { cause: { code: "23505", constraint: "customers_email_unique" } },
  });
});

test("an error that is logged without a text lends the line its own, scrubbed", () => {
  const lines: string[] = [];
  const log = createLog("worker", "info", { write: (line) => lines.push(line) });
  const error = new Error("no route to +39 333 1234567 for bruno@example.it");
  log.error({ err: error });
  log.error(error);
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).not.toMatch(/bruno|333/);
    expect((JSON.parse(line) as { msg: string }).msg).toContain("no route to");
  }
});

test("the level decides what is written", () => {
  const lines: string[] = [];
  const log = createLog("server", "warn", { write: (line) => lines.push(line) });
  log.info("not this");
  log.warn("this");
  expect(lines).toHaveLength(1);
});
