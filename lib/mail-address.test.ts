import { expect, test } from "vitest";
import { isMailAddress, parseMailAddress } from "./mail-address";

test.each([
  "maria.rossi@example.com",
  "o_neill+sms@mail.example.co.uk",
  "a@b-c.it",
  "1@xn--bcher-kva.example",
])("%s is an address", (text) => {
  expect(isMailAddress(text)).toBe(true);
});

test.each([
  "",
  "maria",
  "@example.com",
  "maria@localhost",
  "maria@example.com, other@example.com",
  "maria@example.com other@example.com",
  "Maria <maria@example.com>",
  '"maria@example.com"@other.com',
  "maria(comment)@example.com",
  "group:maria@example.com;",
  "maria@[127.0.0.1]",
  "maria@127.0.0.1",
  "maria@example.com\r\nBcc: other@example.com",
  "maria..rossi@example.com",
  ".maria@example.com",
  "maria@example..com",
  "maria@-example.com",
  "-f/etc/passwd@example.com",
  `${"a".repeat(65)}@example.com`,
  `maria@${"a.".repeat(120)}com`,
])("%j is not", (text) => {
  expect(isMailAddress(text)).toBe(false);
});

test("a sender is an address, with a name or without", () => {
  expect(parseMailAddress("panel@example.com")).toEqual({ name: "", address: "panel@example.com" });
  expect(parseMailAddress(" Ricarica Srl <panel@example.com> ")).toEqual({
    name: "Ricarica Srl",
    address: "panel@example.com",
  });
  for (const text of [
    "<>",
    "a <b> <panel@example.com>",
    '"x@y.it" <panel@example.com>',
    "x\n<panel@example.com>",
  ])
    expect(parseMailAddress(text), text).toBeNull();
});
