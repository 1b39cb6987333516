import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(path.join(import.meta.dirname, "../../app/globals.css"), "utf8");
const [light = "", dark = ""] = css.split("prefers-color-scheme: dark");

function coloursOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/--color-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** Contrast as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
      const channel = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ["page", "card", "sunk"];
const TEXTS = ["ink", "ink-2", "ink-3", "accent", "accent-strong", "good", "warn", "bad"];
const PAIRS = [
  ...TEXTS.flatMap((text) => SURFACES.map((surface) => [text, surface, 4.5] as const)),
  ...["ink", "ink-2", "ink-3", "accent-strong"].map((text) => [text, "accent-soft", 4.5] as const),
  ...["good", "warn", "bad"].flatMap((kind) => [
    [kind, `${kind}-soft`, 4.5] as const,
    ["ink", `${kind}-soft`, 4.5] as const,
  ]),
  ["on-accent", "accent", 4.5] as const,
  ["on-accent", "accent-strong", 4.5] as const,
  // Edges of controls, lines of plots and the focus ring need 3 to 1.
  ...["line-strong", "plot", "plot-2", "focus"].flatMap((line) =>
    SURFACES.map((surface) => [line, surface, 3] as const),
  ),
];

describe.each([
  ["light", coloursOf(light)],
  ["dark", coloursOf(dark.split("@media print")[0] ?? "")],
])("in %s", (_, colours) => {
  test.each(PAIRS)("%s stands out from %s at %f to 1", (front, back, least) => {
    expect(contrast(colours.get(front) ?? "", colours.get(back) ?? "")).toBeGreaterThanOrEqual(least);
  });
});
