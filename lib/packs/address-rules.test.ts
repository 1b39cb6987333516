import { expect, test } from "vitest";
import { printPackAddress, readPackAddress } from "./address-rules";

test.each([
  ["249", "249"],
  ["1.000", "1000"],
  ["1 000 000", "1000000"],
  ["10,000", "10000"],
  ["1.5", "1.5"],
  ["1.0000", "1.0000"],
  ["abc", "abc"],
  ["-100", "-100"],
  [" 100 ", "100"],
])("the quantity %j is read as %j", (typed, read) => {
  expect(readPackAddress({ quantity: typed }).quantity).toBe(read);
});

test("an address keeps what was chosen, and forgets what makes no sense", () => {
  const address = { quantity: "249", country: "IN", list: "fr" };
  expect(readPackAddress(Object.fromEntries(new URLSearchParams(printPackAddress(address))))).toEqual(
    address,
  );
  expect(readPackAddress({ to: "india", list: "FR", quantity: ["100", "200"] })).toEqual({
    quantity: "100",
    country: null,
    list: null,
  });
  expect(printPackAddress({ quantity: "", country: null, list: null })).toBe("");
});
