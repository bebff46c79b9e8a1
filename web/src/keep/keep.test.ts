import { expect, test } from "vitest";
import type { EventFilter, EventRowFragment } from "../api/gen/documents";
import type { Pair } from "../found/events";
import { ofTies } from "../network/graph";
import { citation } from "./cite";
import { cypher } from "./cypher";
import { ofRows } from "./graphml";

const peru = { id: "state:PE", kind: "STATE", name: "Peru & Co" } as const;
const chad = { id: "state:TD", kind: "STATE", name: "Chad" } as const;

// Neo4j runs these files too: see the tests of store/neo4j.
const asked: Record<string, [EventFilter, Pair?]> = {
  anything: [{}],
  condemned: [{ action: ["condemn"], during: { from: "2024-01", to: "2024-01" }, claims: "ONLY", source: ["person:jake-sullivan"] }],
  "all-of-a-state": [{ participantIs: { country: ["KP"] }, during: { from: "2024" }, undated: true, modality: ["ASSERTED"] }],
  words: [{ text: "Condemn KOR", foreground: true, action: ["condemn", "sell"], during: { to: "2024" } }],
  everything: [
    {
      type: ["ASSAULT", "ACCUSE"],
      source: ["state:RU"],
      targetIs: { country: ["UKR"], sector: ["MIL"], kind: ["ORGANISATION"] },
      instrument: ["weapon:drone"],
      place: ["place:kyiv"],
      placeIs: { entity: ["place:odesa", "place:kyiv"] },
      participantIs: { country: ["IGO"] },
      saidBy: ["person:o'neill\\"],
      claims: "ONLY",
      foreground: true,
      text: "Straße, O'Neill",
      during: { to: "2024-02-29" },
    },
  ],
  between: [
    { foreground: true, action: ["condemn"] },
    { aIs: { country: ["PRK"] }, b: ["person:jake-sullivan"] },
  ],
};

for (const [name, [filter, pair]] of Object.entries(asked))
  test(`in Cypher: ${name}`, async () => {
    await expect(cypher({ filter, pair })).toMatchFileSnapshot(`testdata/${name}.cypher`);
  });

test("Cypher of the past says first that it asks of now, and the moment ends no comment", () => {
  const [first, ...rest] = cypher({ filter: { text: "x" } }, "2001-01-01\nRETURN 1").split("\n");
  expect(first).toContain('// Asks of now: the page was as of "2001-01-01\\nRETURN 1"');
  expect(rest.join("\n")).toBe(cypher({ filter: { text: "x" } }));
});

test("what a reader types ends no string of Cypher", () => {
  for (const typed of ["'", "\\", "\\'", "'] RETURN 1 //", "a\nb"]) {
    const found = /x\.id IN \['((?:[^'\\\n]|\\.)*)'\]/.exec(cypher({ filter: { source: [typed] } }));
    expect(found?.[1]?.replaceAll("\\n", "\n").replaceAll(/\\(['\\])/g, "$1")).toBe(typed);
  }
});

test("events as GraphML: a node each, a role each edge, and names are no markup", () => {
  const row: EventRowFragment = {
    id: "event:1",
    type: "AID",
    action: "give",
    quadClass: null,
    title: "Peru gave <flour>",
    modality: "ASSERTED",
    background: false,
    claim: true,
    claimedBy: [chad],
    texts: 2,
    when: { from: "2024-01-09", to: "2024-01-09", precision: "DAY", text: null },
    sources: [peru],
    targets: [chad],
    instruments: [],
    places: [],
  };
  const text = ofRows([row]);
  expect(text.match(/<node /g)).toHaveLength(3);
  expect(text.match(/<edge /g)).toHaveLength(3);
  expect(text).toContain('<data key="n.label">Peru gave &lt;flour&gt;</data>');
  expect(text).toContain('<data key="n.label">Peru &amp; Co</data>');
  expect(text).toContain('<key id="n.texts" for="node" attr.name="texts" attr.type="int"/>');
  expect(text).toContain('target="state:TD"><data key="e.label">CLAIMED_BY</data>');
  expect(text).not.toContain("quadClass");
  // Every key that is used is declared, once.
  const declared = [...text.matchAll(/<key id="([^"]+)"/g)].map((one) => one[1]);
  expect(new Set(declared).size).toBe(declared.length);
  for (const [, key] of text.matchAll(/<data key="([^"]+)"/g)) expect(declared).toContain(key);
});

test("a network as GraphML has an edge for each action", () => {
  const deed = { past: "thanked", quad: 1, facts: 2, claims: 1 };
  const tie = {
    id: "x",
    from: peru,
    to: chad,
    deeds: [
      { ...deed, action: "thank" },
      { ...deed, action: "meet", facts: 0 },
    ],
    by: ["Mali"],
    counted: "asked" as const,
  };
  const text = ofTies([peru, chad], [tie]);
  expect(text.match(/<edge /g)).toHaveLength(2);
  expect(text).toContain('<data key="e.facts">2</data>');
  expect(text).toContain('<data key="e.label">thanked</data>');
  expect(text).toContain('<data key="e.label">thanked, says Mali</data>');
  expect(text).toContain('<data key="e.claimedBy">Mali</data>');
});

test("a citation says story, publisher, date, sentence, who says so, and where", () => {
  const story = { id: "story:1", headline: "Flour for Chad", publisher: "The Post", published: "2024-01", url: null };
  expect(citation({ sentence: "Peru gave flour.\n", saidBy: [chad], story }, "http://here")).toBe(
    "Flour for Chad. The Post, January 2024: “Peru gave flour.” (said by Chad). http://here/story/story:1",
  );
  const url = "https://post.example/1";
  const bare = { ...story, headline: "", publisher: null, published: null, url };
  expect(citation({ sentence: "So.", saidBy: [], story: bare }, "http://here")).toBe(
    `Without a headline. no date: “So.”. ${url} · http://here/story/story:1`,
  );
});
