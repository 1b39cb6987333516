import { expect, test } from "vitest";
import { chooseLocale } from "./negotiate";

test.each([
  // What was chosen wins over what the browser accepts.
  ["fr", "en-GB,en;q=0.9", "fr"],
  // A cookie that somebody edited counts for nothing.
  ["xx", "en", "en"],
  ["../it", null, "it"],
  [undefined, null, "it"],
  [undefined, "", "it"],
  [undefined, "de-DE,de;q=0.9", "it"],
  [undefined, "de,fr;q=0.8,en;q=0.9", "en"],
  [undefined, "FR-ca", "fr"],
  [undefined, "en;q=0,fr;q=0.1", "fr"],
  [undefined, "en;q=abc,fr;q=0.5", "en"],
  // Who reads Breton, Corsican or Sardinian reads French or Italian more easily than a language further off.
  [undefined, "br", "fr"],
  [undefined, "co", "fr"],
  [undefined, "sc", "it"],
  [undefined, "*", "it"],
  [undefined, ",;,=", "it"],
  [undefined, `${"x,".repeat(10_000)}en`, "it"],
])("chosen %s, accepted %s: %s", (chosen, accepted, locale) => {
  expect(chooseLocale(chosen, accepted)).toBe(locale);
});
