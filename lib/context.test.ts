import { expect, test, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { type Context, contextOfPage, oncePerPage } from "./context";

// Connects on first use, and nothing here reads.
const { db } = openDatabase("postgres://nobody@127.0.0.1:1/none");
const aContext = (): Context => ({
  caller: { kind: "customer", customerId: "c1", userId: "u1" },
  db,
  now: () => new Date(),
});

test("a page reads the same thing once, each page for itself, and an action each time", async () => {
  const read = vi.fn((_: Context, { name }: { name: string }) => Promise.resolve(name));
  const readOnce = oncePerPage(read);
  const page = contextOfPage(aContext());
  expect(await Promise.all([readOnce(page, { name: "a" }), readOnce(page, { name: "a" })])).toEqual([
    "a",
    "a",
  ]);
  expect(read).toHaveBeenCalledTimes(1);
  expect(await readOnce(page, { name: "b" })).toBe("b");
  await readOnce(contextOfPage(aContext()), { name: "a" });
  expect(read).toHaveBeenCalledTimes(3);
  const action = aContext();
  await readOnce(action, { name: "a" });
  await readOnce(action, { name: "a" });
  // Nor does a transaction of a page see what was read before it.
  await readOnce({ ...page }, { name: "a" });
  expect(read).toHaveBeenCalledTimes(6);
});
