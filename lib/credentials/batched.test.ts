import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { batched } from "./batched";

/** Work that a test lets go on, and that tells what it was given. */
function aWork() {
  const given: (readonly number[])[] = [];
  const waiting: (() => void)[] = [];
  const double = batched(async (_place: object, items: readonly number[]) => {
    given.push(items);
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (items.includes(13)) throw new Error("thirteen");
    return items.map((item) => item * 2);
  });
  const goOn = async () => {
    await turn();
    waiting.shift()?.();
    await turn();
    await turn();
  };
  return { given, double, goOn };
}

test("what comes while a batch is at work is the next one, and each is answered with its own", async () => {
  const { given, double, goOn } = aWork();
  const db = {};
  const first = double(db, 1);
  await turn();
  const second = [double(db, 2), double(db, 3), double(db, 2)];
  await goOn();
  expect(await first).toBe(2);
  await goOn();
  expect(await Promise.all(second)).toEqual([4, 6, 4]);
  expect(given).toEqual([[1], [2, 3, 2]]);
});

test("what fails fails for those of its batch alone", async () => {
  const { double, goOn } = aWork();
  const db = {};
  const first = Promise.allSettled([double(db, 1), double(db, 13)]);
  await turn();
  const second = double(db, 4);
  await goOn();
  expect((await first).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await goOn();
  expect(await second).toBe(8);
});

test("each place has batches of its own", async () => {
  const { given, double, goOn } = aWork();
  const both = Promise.all([double({}, 1), double({}, 2)]);
  await goOn();
  await goOn();
  expect(await both).toEqual([2, 4]);
  expect(given).toEqual([[1], [2]]);
});
