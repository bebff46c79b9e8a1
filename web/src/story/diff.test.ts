import { expect, test } from "vitest";
import { diff } from "./diff";

const told = (former: string, later: string) =>
  diff(former, later)
    .map(({ in: where, text }) => (where === "both" ? text : where === "former" ? `[-${text}-]` : `{+${text}+}`))
    .join("");

test.each([
  ["Twelve people died.", "Twelve people died.", "Twelve people died."],
  ["Twelve people died.", "Fifteen people died.", "[-Twelve-]{+Fifteen+} people died."],
  ["Chad met Norway.", "Chad met Norway on Monday.", "Chad met Norway{+ on Monday+}."],
  ["It rained. Chad met Norway.", "Chad met Norway.", "[-It rained. -]Chad met Norway."],
  ["", "All is new.", "{+All is new.+}"],
  ["All is gone.", "", "[-All is gone.-]"],
  ["", "", ""],
])("%j and %j", (former, later, want) => {
  expect(told(former, later)).toBe(want);
});

test("joined, the words of each text are that text, whatever they are", () => {
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  const text = () =>
    Array.from({ length: random(60) }, () => ["Chad", "met", "Zoë", "–", "\n\n", "𝄞"][random(6)]).join([" ", ""][random(2)]);
  for (let turn = 0; turn < 500; turn++) {
    const [former, later] = [text(), text()];
    const changes = diff(former, later);
    const of = (without: string) =>
      changes
        .filter((one) => one.in !== without)
        .map((one) => one.text)
        .join("");
    expect(of("later")).toBe(former);
    expect(of("former")).toBe(later);
  }
});

test("two long texts that have nothing in common are told as two, soon", () => {
  const of = (word: string) => Array.from({ length: 20000 }, (_, at) => word + at).join(" ");
  expect(diff(of("a"), of("b")).length).toBeGreaterThan(1);
});
