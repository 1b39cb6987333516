import { isValidElement, type ReactNode } from "react";
import { expect, test } from "vitest";
import { Unbroken } from "./unbroken";

test("a name with hyphens is one box, with what touches it, and no letter of the text is lost", () => {
  const parts = partsOf("10 crediti da sms-ab12345-1 a sms-ab12345-2, subito.");
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
  expect(partsOf("senza")).toEqual(["senza"]);
});

function partsOf(text: string): readonly ReactNode[] {
  const drawn: { props: { children: readonly ReactNode[] } } = Unbroken({ text });
  return drawn.props.children;
}
