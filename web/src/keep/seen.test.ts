import { expect, test } from "vitest";
import { fresh, readSeen } from "./seen";

const seen = (ids: string[], whole: boolean) => ({ ids, whole, at: 0 });

test.each([
  ["never asked before: nothing is new", ["a", "b"], undefined, []],
  ["before what was seen", ["new", "a", "b"], seen(["a", "b"], false), ["new"]],
  ["among what was seen", ["a", "new", "b"], seen(["a", "b"], false), ["new"]],
  ["after the first page that was seen, it is only further down", ["a", "b", "c"], seen(["a", "b"], false), []],
  ["all was seen: what is last is new", ["a", "b", "new"], seen(["a", "b"], true), ["new"]],
  ["nothing was there", ["new"], seen([], true), ["new"]],
  ["a page full of others: it is not told apart", ["c", "d"], seen(["a", "b"], false), []],
])("%s", (_, ids, before, want) => {
  expect([...fresh(ids, before)]).toEqual(want);
});

test("what is no record of visits is none", () => {
  for (const text of [null, "", "[]", "3", "null", '{"q":{"ids":3}}']) expect(readSeen(text)).toEqual({});
});
