import { describe, expect, test } from "vitest";
import { address, place } from "../route/route";
import { anything, filter, isAnything, meaningless, read, seenAs, write } from "./question";

describe("a question", () => {
  const asked = {
    ...anything,
    who: ["state:RU"],
    did: ["attack", "bomb"],
    from: "2024-01",
    until: "2024",
    told: ["PLANNED" as const],
    news: true,
    words: "Odesa",
  };
  test("is the same after its address is read", () => {
    expect(read(write(asked, new URLSearchParams()))).toEqual(asked);
  });
  test("leaves what it is no part of, and forgets what was seen", () => {
    const params = write(asked, new URLSearchParams("as=network&proof=event:1&rows=50&who=state:KP"));
    expect(params.get("as")).toBe("network");
    expect(params.has("proof")).toBe(false);
    expect(params.getAll("who")).toEqual(["state:RU"]);
  });
  test("is the API's filter, without empty lists", () => {
    expect(filter(asked)).toEqual({
      source: ["state:RU"],
      action: ["attack", "bomb"],
      modality: ["PLANNED"],
      during: { from: "2024-01", to: "2024" },
      foreground: true,
      text: "Odesa",
    });
    expect(filter(anything)).toEqual({});
    expect(isAnything(anything)).toBe(true);
  });
  test("leaves out what it cannot mean", () => {
    expect(read(new URLSearchParams("type=NONSENSE&told=MAYBE&from=yesterday&until=2024-02-31&who="))).toEqual(anything);
  });
  test("tells what it cannot mean", () => {
    expect(meaningless(new URLSearchParams("type=NONSENSE&type=ACCUSE&from=yesterday&undated=yes&who=state:RU&as=map&words=%20"))).toEqual([
      ["type", "NONSENSE"],
      ["from", "yesterday"],
      ["undated", "yes"],
    ]);
    expect(meaningless(write(asked, new URLSearchParams()))).toEqual([]);
    expect(meaningless(new URLSearchParams("as=banana&side=left"))).toEqual([
      ["as", "banana"],
      ["side", "left"],
    ]);
    expect(meaningless(new URLSearchParams("as=heat&side=did"))).toEqual([]);
    expect(seenAs(new URLSearchParams("as=toString"))).toBe("table");
    expect(seenAs(new URLSearchParams("as=timeline"))).toBe("timeline");
  });
  test("stands for all that belongs to a state, where every name is one", () => {
    expect(filter({ ...anything, who: ["state:RU"], to: ["state:UA"], all: ["who"] })).toEqual({
      sourceIs: { country: ["RU"] },
      target: ["state:UA"],
    });
    expect(filter({ ...anything, who: ["state:RU", "person:x"], all: ["who"] })).toEqual({ source: ["state:RU", "person:x"] });
    expect(filter({ ...anything, said: ["state:RU"], all: ["said"], claims: "only" })).toEqual({
      saidByIs: { country: ["RU"] },
      claims: "ONLY",
    });
  });
  test("asks for undated events only with dates", () => {
    expect(filter({ ...anything, undated: true })).toEqual({});
  });
});

test("an address is a view", () => {
  expect(place("/")).toEqual({ view: "question" });
  expect(place("/entity/thing:ab/oil%20tanker")).toEqual({ view: "entity", id: "thing:ab/oil tanker" });
  expect(place("/entity/")).toEqual({ view: "nowhere" });
  expect(place("/event/%")).toEqual({ view: "nowhere" });
  expect(address("/", new URLSearchParams({ who: "state:RU" }))).toBe("/?who=state:RU");
});
