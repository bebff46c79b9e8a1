import { describe, expect, it } from "vitest";
import { reach, said, willChange, willHide, willLeaveOut, willMerge, willSplit } from "./says";

const told = (kind: Parameters<typeof said>[0]["kind"], says: string, of: string[]) =>
  said({ kind, says, of }).map(({ text, id }) => (id ? `[${text}]` : text));

describe("what a correction says", () => {
  it("has its ids apart, and none of the words that look like them", () => {
    expect(told("RENAME", 'rename person:ann-lee: "Ann: of person things"', ["person:ann-lee"])).toEqual([
      "[person:ann-lee]",
      ': "Ann: of person things"',
    ]);
    expect(told("HIDE", "hide event:1a, report:2b", ["event:1a", "report:2b"])).toEqual(["[event:1a]", ", ", "[report:2b]"]);
    expect(told("SPLIT", 'split person:bo: in 2 texts it is "Bo (pilot)", person:bo-pilot', ["person:bo", "person:bo-pilot"])).toEqual([
      "[person:bo]",
      ': in 2 texts it is "Bo (pilot)", ',
      "[person:bo-pilot]",
    ]);
  });
  it("tells of a merge who went into whom", () => {
    expect(told("MERGE", "merge into state:FR: place:gaul, place:gallia", ["state:FR", "place:gaul", "place:gallia"]).join("")).toBe(
      "[place:gaul], [place:gallia] into [state:FR]",
    );
  });
});

const reports = (stories: string[], hasNextPage = false) => ({
  edges: stories.map((id) => ({ node: { story: { id } } })),
  pageInfo: { hasNextPage },
});

describe("what will change", () => {
  it("counts stories once, and says where it did not count all", () => {
    expect(willHide(reach(reports(["a", "b", "b", "c"])))).toBe("This hides 1 event, told by 3 stories in 4 reports.");
    expect(willHide(reach(reports(["a"], true)))).toBe("This hides 1 event, told by at least 1 story in at least 1 report.");
    expect(willChange(true, reach(reports(["a", "b"])), "it was 2021")).toMatch(/^This changes 2 reports in 2 stories: it was 2021\./);
    expect(willChange(false, reach(reports(["a", "b"])), "it was 2021")).toMatch(/^This changes 1 report:/);
  });
  it("tells whether an event goes with its report", () => {
    expect(willLeaveOut("X met Y", reach(reports(["a"])))).toContain("with it the event");
    expect(willLeaveOut("X met Y", reach(reports(["a", "b"])))).toBe(
      "This leaves out 1 report. The event “X met Y” stays, by 1 other report.",
    );
  });
  it("tells who takes over what, and who has a name already", () => {
    const one = { name: "Lee", events: 1, stories: 2, more: false };
    expect(willMerge(one, "Ann Lee")).toBe(
      "“Lee” becomes another name of “Ann Lee”: 1 event told as news, 2 stories and those that come are of “Ann Lee” then.",
    );
    expect(willSplit(one, 1, "Lee (pilot)", [])).toBe("In 1 story of 2 stories, and in copies of their texts, “Lee” is “Lee (pilot)”.");
    expect(willSplit(one, 1, "Bo Lee", ["Bo Lee"])).toContain("known already");
  });
});
