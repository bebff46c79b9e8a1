import { expect, test } from "vitest";
import { anything, type Question, type Side } from "../ask/question";
import { place } from "../route/route";
import { pageAsks, provenBy } from "./proof";

const proven = (proof: string, path: string, part: Partial<Question> = {}, side: Side = "either") =>
  provenBy(proof, pageAsks(place(path), { ...anything, ...part }, side));
const two = (action?: string) => [{ source: ["state:PE"], target: ["state:TD"], ...(action && { action: [action] }) }];

test("one event is proven by itself", () => {
  expect(proven("event:1", "/")).toBeNull();
});

test("what a page about a third counts of two has him in it, and whatever else is asked", () => {
  expect(proven("state:PE~~state:TD~asked", "/entity/state:ML", { from: "2024", who: ["state:NE"] })).toEqual({
    modality: ["ASSERTED"],
    participant: ["state:ML"],
    source: ["state:NE"],
    during: { from: "2024" },
    and: two(),
    foreground: true,
  });
  expect(proven("state:PE~~state:TD~asked", "/entity/state:ML", { all: ["involving"] }, "did")).toMatchObject({
    sourceIs: { country: ["ML"] },
  });
});

test("what a question counts is of its parties, and told as it asks", () => {
  expect(proven("state:PE~aid~state:TD~asked", "/", { to: ["state:TD", "state:ML"], told: ["PLANNED"] })).toEqual({
    modality: ["PLANNED"],
    target: ["state:TD", "state:ML"],
    and: two("aid"),
    foreground: true,
  });
});

test("of the rows that are drawn as ties those alone are counted that are told as fact", () => {
  expect(proven("state:PE~~state:TD~drawn", "/", { told: ["PLANNED", "ASSERTED"] })?.modality).toEqual(["ASSERTED"]);
});

test("what is counted between two is of the two", () => {
  const pair = { a: ["state:PE"], b: ["state:TD"], all: ["b" as const], who: ["state:NE"] };
  expect(proven("state:PE~~state:TD~drawn", "/between", pair)).toEqual({
    modality: ["ASSERTED"],
    or: [
      { source: ["state:PE"], targetIs: { country: ["TD"] } },
      { sourceIs: { country: ["TD"] }, target: ["state:PE"] },
    ],
    and: two(),
    foreground: true,
  });
});

test("what a name that was expanded is tied by has other parties than the page", () => {
  for (const path of ["/", "/entity/state:ML", "/between"])
    expect(
      proven("state:PE~~state:TD~around", path, { who: ["state:NE"], involving: ["state:ML"], a: ["x"], b: ["y"], words: "flour" }),
    ).toEqual({
      modality: ["ASSERTED"],
      text: "flour",
      and: two(),
      foreground: true,
    });
});

test("facts and claims that are counted apart are proven apart, whatever is asked", () => {
  const asked = { claims: "only" as const, words: "flour" };
  expect(proven("state:PE~aid~state:TD~facts", "/entity/state:PE", asked)).toEqual({
    modality: ["ASSERTED"],
    claims: "EXCLUDE",
    and: two("aid"),
    foreground: true,
  });
  expect(proven("state:PE~aid~state:TD~claims", "/entity/state:PE")?.claims).toBe("ONLY");
  // A link of before, which told neither.
  expect(proven("state:PE~aid~state:TD", "/entity/state:PE", asked)).toEqual({ modality: ["ASSERTED"], and: two("aid"), foreground: true });
});
