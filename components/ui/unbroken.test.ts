import { isValidElement } from "react";
import { expect, test } from "vitest";
import { Unbroken } from "./unbroken";

test("a name with hyphens is one box, with what touches it, and no letter of the text is lost", () => {
  const parts = Unbroken({ text: "10 crediti da sms-ab12345-1 a sms-ab12345-2, subito." });
  const shown = parts.map((part) =>
    isValidElement<{ children: string }>(part) ? { box: part.props.children } : part,
  );
  expect(shown).toEqual([
    "10 crediti da ",
    { box: "sms-ab12345-1" },
    " a ",
    { box: "sms-ab12345-2," },
    " subito.",
  ]);
  expect(Unbroken({ text: "senza" })).toEqual(["senza"]);
});
