import { expect, test } from "vitest";
import { paragraphs } from "../story/paragraphs";
import { pieces } from "./highlight";

test("offsets count code points, not UTF-16 units", () => {
  const text = "🚀 Iran fired.";
  const cut = pieces(text, 10, [{ begin: 12, end: 16, kind: "SOURCE", title: "" }]);
  expect(cut.map((piece) => [piece.text, piece.marks.length])).toEqual([
    ["🚀 ", 0],
    ["Iran", 1],
    [" fired.", 0],
  ]);
});

test("marks may overlap, and those of other sentences do not count", () => {
  const cut = pieces("abcdef", 0, [
    { begin: 0, end: 4, kind: "a", title: "" },
    { begin: 2, end: 6, kind: "b", title: "" },
    { begin: 8, end: 9, kind: "c", title: "" },
  ]);
  expect(cut.map((piece) => piece.text + piece.marks.map((mark) => mark.kind).join(""))).toEqual(["aba", "cdab", "efb"]);
});

test("paragraphs know where they begin", () => {
  const text = "🚀 One.\n\nTwo.\nThree.";
  const points = Array.from(text);
  expect(paragraphs(text).map(({ begin, end }) => points.slice(begin, end).join(""))).toEqual(["🚀 One.", "Two.", "Three."]);
});
