import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sentence } from "../api/ask";
import { complaint, partial, when } from "./dates";
import { alone, type Colours, ground, kinds, quads, raised } from "./words";

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const css = readFileSync(new URL("../style.css", import.meta.url), "utf8");
const all: [string, Colours][] = [
  ...Object.entries(kinds).map(([kind, { colour }]): [string, Colours] => [`kind-${kind}`, colour]),
  ...Object.entries(quads).map(([of, { colour }]): [string, Colours] => [`quad-${of}`, colour]),
];

describe.each(all)("%s", (name, colour) => {
  test("can be read on what it stands on, in both themes", () => {
    for (const theme of ["light", "dark"] as const)
      for (const under of [ground, raised]) expect(contrast(colour[theme], under[theme])).toBeGreaterThanOrEqual(4.5);
  });
  test("is the same on the page and on the canvas", () => {
    expect(css).toContain(`.${name} {\n  color: light-dark(${colour.light}, ${colour.dark});`);
  });
});

test("each class has a shape and a label of its own", () => {
  expect(new Set(Object.values(kinds).map((kind) => kind.shape)).size).toBe(7);
  expect(new Set(Object.values(kinds).map((kind) => kind.label)).size).toBe(7);
  expect(new Set(Object.values(quads).map(({ icon, filled }) => icon + filled)).size).toBe(5);
});

test("dates keep their precision", () => {
  const told = (from: string | null, to: string | null, precision: string, text?: string) => when({ from, to, precision, text }, "en-GB");
  expect(told("2024-01-09", "2024-01-09", "DAY")).toBe("9 Jan 2024");
  expect(told("2024-01-01", "2024-01-31", "MONTH")).toBe("January 2024");
  expect(told("2024-01-01", "2024-12-31", "YEAR")).toBe("2024");
  expect(told("2024-06-17", "2024-06-23", "WEEK")).toBe("week of 17 Jun 2024");
  expect(told("--12-30", "--12-30", "DAY")).toBe("30 December, year not told");
  expect(told(null, null, "UNKNOWN", "Tuesday")).toBe("undated (“Tuesday”)");
  expect(partial("2024-01", "de")).toBe("Januar 2024");
});

test("a date that is none is told", () => {
  for (const good of ["", "2024", "2024-01", "2024-02-29"]) expect(complaint(good)).toBeNull();
  for (const bad of ["24", "2023-02-29", "2024-13", "yesterday", "2024-1"]) expect(complaint(bad)).not.toBeNull();
});

test("a deed of which nobody is told to whom has no preposition left over", () => {
  expect(["resigned from", "agreed with", "called on", "condemned", "made promise to", "shot down"].map(alone)).toEqual([
    "resigned",
    "agreed",
    "called",
    "condemned",
    "made promise",
    "shot down",
  ]);
});

test("an error of the API is told without what only programs call by its name", () => {
  expect(sentence('filter.source: no entity has the id "state:ZZ"; search(query: …) finds ids', "filter.source")).toBe(
    'No entity has the id "state:ZZ".',
  );
  expect(sentence("the store does not answer", "")).toBe("The store does not answer.");
});
