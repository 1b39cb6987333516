import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { beginningOf, commandOf, isAlive } from "./processes";

test("a process that lives is told by its command and by when it began", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()", "a (b) c"]);
  const { pid = 0 } = child;
  await once(child, "spawn");
  expect(isAlive(pid)).toBe(true);
  expect(commandOf(pid)).toContain("a (b) c");
  expect(beginningOf(pid)).toBe(beginningOf(pid));
  child.stdin.end();
  await once(child, "exit");
});

test("of one that has ended nothing is told, and nothing thrown", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  expect([isAlive(pid), commandOf(pid), beginningOf(pid)]).toEqual([false, "", ""]);
});
