import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addCredits,
  capacityOf,
  creditsOf,
  MAX_CREDITS,
  negateCredits,
  parseCredits,
  printCredits,
  subtractCredits,
  timesCredits,
  wholeCredits,
} from "./credits";

test.each([
  ["0", 0n],
  ["0.7", 700n],
  ["-12", -12_000n],
  ["1000.125", 1_000_125n],
  ["-0.001", -1n],
  ["5.05", 5050n],
  ["10", 10_000n],
  ["1000000000", MAX_CREDITS],
])("%s credits are %i thousandths, and are written so again", (text, thousandths) => {
  expect(parseCredits(text)).toBe(thousandths);
  expect(printCredits(creditsOf(thousandths))).toBe(text);
});

test.each([
  ["007", "7"],
  ["1.500", "1.5"],
  ["-0", "0"],
  ["999999999999.999", "999999999999.999"],
])("%s is read, and written as %s", (text, written) => {
  const read = parseCredits(text);
  expect(read === null ? null : printCredits(read)).toBe(written);
});

test.each(["", "-", ".5", "5.", "1.0001", "1e3", "1,5", "1 000", " 1", "1 ", "+1", "--1", "1234567890123"])(
  "%j is no amount",
  (text) => {
    expect(parseCredits(text)).toBeNull();
  },
);

test("what is written is read back as the same amount, whatever it is", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), (thousandths) => {
      expect(parseCredits(printCredits(creditsOf(thousandths)))).toBe(thousandths);
    }),
  );
});

test("sums, differences, multiples and the opposite of amounts", () => {
  const [seven, two] = [wholeCredits(7), creditsOf(2n)];
  expect([addCredits(seven, two), subtractCredits(seven, two), negateCredits(seven)]).toEqual([
    7002n,
    6998n,
    -7000n,
  ]);
  expect([timesCredits(two, 3), timesCredits(two, 3n)]).toEqual([6n, 6n]);
});

test.each([
  [100_000n, 700n, 142n],
  [700n, 700n, 1n],
  [699n, 700n, 0n],
  [0n, 700n, 0n],
  [-1400n, 700n, 0n],
])("%i thousandths pay for %i each so often: %i", (amount, each, times) => {
  expect(capacityOf(creditsOf(amount), creditsOf(each))).toBe(times);
});
