import { expect, test } from "vitest";
import { seal, sealingKeyOf, unseal } from "./seal";

const KEY = sealingKeyOf("the operator's own");

test("what was sealed opens for its owner, and looks different each time", () => {
  const sealed = seal("a secret", "application 1", KEY);
  expect(unseal(sealed, "application 1", KEY)).toBe("a secret");
  expect(seal("a secret", "application 1", KEY)).not.toBe(sealed);
  expect(sealed).not.toContain("secret");
});

test("it opens for no other owner, by no other key, and not when a bit of it is another", () => {
  const sealed = seal("a secret", "application 1", KEY);
  expect(() => unseal(sealed, "application 2", KEY)).toThrow();
  expect(() => unseal(sealed, "application 1", sealingKeyOf("another's"))).toThrow();
  const bytes = Buffer.from(sealed.slice(3), "base64");
  for (const [index, byte] of bytes.entries()) {
    const changed = Buffer.from(bytes);
    changed[index] = byte ^ 1;
    expect(() => unseal(`v1.${changed.toString("base64")}`, "application 1", KEY)).toThrow();
  }
  expect(() => unseal(sealed.replace("v1.", "v2."), "application 1", KEY)).toThrow("unknown form");
});
