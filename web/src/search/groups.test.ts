import { expect, test } from "vitest";
import { groups } from "./groups";

type Answer = Parameters<typeof groups>[0][number] & { name: string };

const one = (name: string, match: Answer["match"], kind: Answer["node"]["kind"]): Answer => ({ name, match, node: { kind } });
const told = (found: Answer[]) => groups(found).map(({ group, of }) => `${group}: ${of.name}`);

test("kinds come in the order of their best name, and near spellings after all", () => {
  expect(
    told([
      one("Kim", "EXACT", "PERSON"),
      one("Kimberley", "BEGINS", "PLACE"),
      one("Kim Jong Un", "BEGINS", "PERSON"),
      one("Kym", "NEAR", "PERSON"),
      one("Kimm", "NEAR", "PLACE"),
    ]),
  ).toEqual(["People: Kim", "People: Kim Jong Un", "Places: Kimberley", "Spelled nearly so: Kym", "Spelled nearly so: Kimm"]);
});

test("where nothing else is found, near spellings are a question", () => {
  expect(told([one("Antonio Guterres", "NEAR", "PERSON")])).toEqual(["Did you mean: Antonio Guterres"]);
  expect(told([])).toEqual([]);
});
