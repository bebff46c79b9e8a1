import { afterEach, describe, expect, test, vi } from "vitest";
import { moment } from "../api/ask";
import type { EventRowFragment } from "../api/gen/documents";
import { cypher } from "../keep/cypher";
import { csv, curl, graphql } from "../keep/keep";
import { readViews } from "../keep/views";
import { count, covered, dismiss, empty, isClaim, join, label, ofEvents, readable, turned, visible } from "../network/graph";
import { svg } from "../network/picture";
import { buckets } from "./buckets";
import { type Cell, claimed, claimNote, howMany, type Months, readEvents } from "./events";
import { fields } from "./heat";
import { picture } from "./picture";

const iran = { id: "state:IR", kind: "STATE", name: "Iran" } as const;
const israel = { id: "state:IL", kind: "STATE", name: "Israel" } as const;
const hamas = { id: "organisation:hamas", kind: "ORGANISATION", name: "Hamas" } as const;

function event(part: Partial<EventRowFragment> = {}): EventRowFragment {
  return {
    id: "event:1",
    type: "ACCUSE",
    action: "accuse",
    quadClass: 3,
    title: "Iran accused Israel",
    modality: "ASSERTED",
    background: false,
    claim: false,
    claimedBy: [],
    texts: 1,
    when: { from: "2024-04-01", to: "2024-04-01", precision: "DAY", text: null },
    sources: [iran],
    targets: [israel],
    instruments: [],
    places: [],
    ...part,
  };
}

const cells = (dimension: "MONTH" | "YEAR", all: [string | null, number][], more = false) => ({
  cells: all.map(([value, count]) => ({
    keys: [
      { dimension, value, entity: null },
      { dimension: "QUAD" as const, value: "4", entity: null },
    ],
    count,
  })),
  total: 0,
  more,
});
const months = (all: [string | null, number][], years: [string | null, number][] = [], more = false): Months => ({
  months: cells("MONTH", all, more),
  years: cells("YEAR", years),
  claimedMonths: cells("MONTH", []),
  claimedYears: cells("YEAR", []),
});

test("months between are there, and what no month is told of is in none", () => {
  const found = buckets(
    months([
      ["2023-11", 2],
      ["2024-01", 1],
      [null, 3],
    ]),
  );
  expect(found.unit).toBe("month");
  expect(found.buckets.map(({ name, by }) => [name, by[4]])).toEqual([
    ["2023-11", 2],
    ["2023-12", 0],
    ["2024-01", 1],
  ]);
  expect(found.vague).toBe(3);
  expect(buckets(months([])).buckets).toEqual([]);
});

test("more than five years, or more months than are told, are counted by the year", () => {
  const years: [string, number][] = [
    ["2010", 1],
    ["2024", 2],
  ];
  const { unit, buckets: found } = buckets(
    months(
      [
        ["2010-05", 1],
        ["2024-01", 1],
      ],
      years,
    ),
  );
  expect([unit, found.length, found[0]?.name, found.at(-1)?.count]).toEqual(["year", 15, "2010", 2]);
  expect(buckets(months([["2024-01", 1]], years, true)).unit).toBe("year");
});

test("claims are counted beside facts, or not at all", () => {
  const both = { ...months([["2024-01", 2]]), claimedMonths: cells("MONTH", [["2024-02", 1]]) };
  expect(buckets(both).buckets.map(({ count, claims }) => [count, claims])).toEqual([
    [2, 0],
    [1, 1],
  ]);
  expect(buckets(both, "facts").buckets.length).toBe(1);
  expect(buckets(both, "only").buckets.map(({ name }) => name)).toEqual(["2024-02"]);
});

test("a heat map has fields for pairs alone, facts and claims apart", () => {
  const cell = (from: typeof iran | null, to: typeof hamas | null, count: number): Cell => ({
    keys: [
      { dimension: "ACTOR", value: from?.id ?? null, entity: from },
      { dimension: "TARGET", value: to?.id ?? null, entity: to },
    ],
    count,
  });
  const heat = fields([cell(iran, hamas, 2), cell(iran, null, 9)], [cell(iran, hamas, 1)]);
  expect(heat.at(iran.id, hamas.id)).toEqual({ facts: 2, claims: 1 });
  expect([heat.from.length, heat.to.length, heat.most]).toEqual([1, 1, 3]);
});

test("a claim never stands without its speaker", () => {
  expect(claimed(event())).toEqual([]);
  expect(claimed(event({ claim: true, claimedBy: [iran] }))).toEqual(["Iran"]);
  expect(claimNote(event({}))).toBe("");
  expect(claimNote(event({ claim: true, claimedBy: [iran, israel] }))).toBe("claim");
  expect(claimNote(event({ claim: true, claimedBy: [iran, israel, hamas] }))).toBe("claim of Iran, Israel and Hamas");
  expect(claimed(event({ claim: true }))).toEqual(["someone not named"]);
});

test("a saved view is an address of this site", () => {
  expect(
    readViews('[{"name":"a","href":"/?who=x"},{"name":"b","href":"//evil"},{"name":"c","href":"javascript:x"},7]').map((view) => view.name),
  ).toEqual(["a"]);
  expect(readViews("{")).toEqual([]);
});

test("SVG escapes what stories name", () => {
  const picture = svg({
    nodes: [{ x: 0, y: 0, label: "<a>&", colour: "#000", icon: "M0 0", name: '"\u0001' }],
    edges: [],
    ground: "#fff",
    ink: "#000",
  });
  expect(picture).toContain("&lt;a&gt;&amp;");
  expect(picture).toContain("<title>&quot;</title>");
});

test("CSV quotes, and no cell is a formula", () => {
  const [head, row] = csv([event({ title: '=HYPERLINK("x")', sources: [iran, israel] })]).split("\r\n");
  expect(head).toMatch(/^id,from,to/);
  expect(row).toContain(`"'=HYPERLINK(""x"")"`);
  expect(row).toContain("Iran; Israel");
});

test("what is copied asks of the same time", () => {
  const { query, variables } = graphql({ filter: { text: "x" } }, "2001-01-01T23:59:59Z");
  expect(query).toContain("query Events($filter: EventFilter, $asOf: DateTime) {\n  events(filter: $filter, first: 25, asOf: $asOf) {");
  expect(variables.asOf).toBe("2001-01-01T23:59:59Z");
  expect(graphql({ filter: { text: "x" } }).query).not.toContain("asOf");
});

test("what is copied of events whose reports differ names the two, and tells how to know them", () => {
  const pair = { a: [iran.id], b: [hamas.id] };
  const { query, variables } = graphql({ filter: {}, pair, differ: true });
  expect(query).toMatch(/^# .*conflicts are not empty/);
  expect(query).toContain("between(a: $a, b: $b");
  expect(query).toContain("conflicts { of low high }");
  expect(variables).toEqual({ ...pair, filter: {} });
  expect(graphql({ filter: {}, pair }).query).not.toContain("conflicts");
  expect(cypher({ filter: {}, pair, differ: true })).toMatch(/^\/\/ Finds those whose reports agree too/);
});

describe("of events whose reports differ", () => {
  afterEach(() => vi.unstubAllGlobals());
  // A server of so many pages of a hundred, the first event of each told differently.
  const answering = (pages: number) => {
    const asked: { query: string; variables: Record<string, unknown> }[] = [];
    vi.stubGlobal("location", { search: "" });
    vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
      const { query, variables } = JSON.parse(body);
      asked.push({ query, variables });
      const edges = Array.from({ length: 100 }, (_, at) => ({
        node: { id: `event:${at}`, conflicts: at ? [] : [{ of: "killed", low: 1, high: 2 }] },
      }));
      const pageInfo = { hasNextPage: asked.length < pages, endCursor: `${asked.length}` };
      return { json: async () => ({ data: { [query.includes("between(") ? "between" : "events"]: { edges, pageInfo } } }) };
    });
    return asked;
  };
  test("between two, those of the two alone are asked for", async () => {
    const asked = answering(2);
    const found = await readEvents({ filter: { text: "pair" }, pair: { a: [iran.id], bIs: { country: ["IL"] } }, differ: true }, 25);
    expect(found).toMatchObject({ more: false, rows: [{ id: "event:0" }, { id: "event:0" }] });
    expect(asked.map(({ variables }) => variables)).toEqual(
      [null, "1"].map((after) => ({ a: [iran.id], bIs: { country: ["IL"] }, filter: { text: "pair" }, after })),
    );
    expect(asked.every(({ query }) => query.includes("between("))).toBe(true);
  });
  test("the newest are looked at, and where there are others that is told", async () => {
    answering(21);
    const bound = await readEvents({ filter: { text: "bound" }, differ: true }, 25);
    expect(bound).toMatchObject({ more: false, looked: 2000 });
    expect(howMany(bound)).toMatch(/^20 events among the newest 2\D?000; /);
    answering(20);
    const whole = await readEvents({ filter: { text: "whole" }, differ: true }, 25);
    expect(howMany(whole)).toBe("20 events");
  });
});

test("how many there are is told as far as it is known", () => {
  const rows = Array.from({ length: 25 }, () => ({}) as EventRowFragment);
  expect(howMany({ rows, more: false, total: { count: 25, atLeast: false } })).toBe("25 events");
  expect(howMany({ rows, more: true, total: { count: 291, atLeast: false } })).toBe("The newest 25 of 291 events.");
  expect(howMany({ rows, more: true, total: { count: 400, atLeast: true } })).toBe("The newest 25 of 400 events or more.");
  expect(howMany({ rows, more: true })).toBe("The newest 25 events; there are more.");
});

test("a day of the address stands for its end", () => {
  expect(moment("2024-02-29")).toBe("2024-02-29T23:59:59Z");
  expect(moment("2024-02-29T12:00:00Z")).toBe("2024-02-29T12:00:00Z");
});

test("curl survives a quotation mark", () => {
  expect(curl({ filter: { text: "it's" } }, "http://x")).toContain(`it'\\''s`);
});

test("the network draws one line for all that one did to another, and can hide the weakly tied", () => {
  const vocabulary = { past: (name: string) => name };
  const ties = ofEvents(
    [
      event(),
      event({ action: "meet", quadClass: 1 }),
      event({ id: "event:2" }),
      event({ modality: "NEGATED", targets: [hamas] }),
      event({ targets: [hamas], claim: true, claimedBy: [iran] }),
    ],
    vocabulary,
  );
  expect(ties.map((tie) => [tie.to.name, label(tie), count(tie), isClaim(tie)])).toEqual([
    ["Israel", "accuse ×2 +1", 3, false],
    ["Hamas", "accuse, says Iran", 1, true],
  ]);
  const graph = join(empty, ties);
  expect(visible(graph, new Set(), 1).names.length).toBe(3);
  expect(visible(dismiss(graph, hamas.id), new Set(), 1).names.length).toBe(2);
  expect(visible(graph, new Set(), 2).ties).toEqual([]);
  expect(visible(graph, new Set([3]), 1).ties.map(label)).toEqual(["meet"]);
  expect([readable(graph, [1, 2], 3), readable(graph, [1, 2], 2)]).toEqual([1, 2]);
});

test("the heat map as a picture holds its names and numbers, and names are no markup", () => {
  const cell = (from: { name: string }, count: number) => ({
    keys: [from, israel].map((entity) => ({ dimension: "ACTOR", value: null, entity })),
    count,
  });
  const sly = { ...iran, id: "x", name: "<Iran>" };
  const heat = fields([cell(sly, 12)] as Cell[], [cell(sly, 3)] as Cell[]);
  const { svg: text, width } = picture(heat, { ground: "#fff", ink: "#000", line: "#888", heat: "#fa0" });
  expect(text).toContain("&lt;Iran&gt;");
  expect(text).toContain(">12+3<");
  expect(text).toContain("stroke-dasharray");
  expect(width).toBeGreaterThan(40);
});

test("the heat map has no row and no column that is empty", () => {
  const name = (id: string) => ({ id, kind: "STATE" as const, name: id });
  const cell = (from: string, to: string, count: number) =>
    ({ keys: [name(from), name(to)].map((entity) => ({ dimension: "ACTOR", value: entity.id, entity })), count }) as Cell;
  // Fourteen who act often, and one target of theirs; fifteen others act once, each on a target of its own.
  const often = Array.from({ length: 14 }, (_, at) => cell(`a${at}`, "t", 5));
  const seldom = Array.from({ length: 15 }, (_, at) => cell(`b${at}`, `u${at}`, 1));
  const heat = fields([...often, ...seldom], []);
  expect(heat.from).toHaveLength(14);
  expect(heat.to.map(({ id }) => id)).toEqual(["t"]);
});

describe("labels", () => {
  const at = (id: string, weight: number, x: number, y = 0) => ({ id, weight, boxes: [{ x1: x, y1: y, x2: x + 10, y2: y + 4 }] });
  test("that would cover one that matters more are silent", () => {
    expect([...covered([at("light", 1, 0), at("heavy", 5, 8), at("apart", 1, 30)])]).toEqual(["light"]);
    // What is silent covers nothing.
    expect([...covered([at("a", 1, 0), at("b", 2, 8), at("c", 3, 16)])]).toEqual(["b"]);
    expect([...covered([at("b", 1, 0), at("a", 1, 0)])]).toEqual(["b"]);
  });
  test("of ties give way to names, however heavy they are", () => {
    expect([...covered([at("name", 1, 0)], [at("tie", 100, 5), at("other", 1, 20)])]).toEqual(["tie"]);
  });
  test("that are turned take what lies along their tie, not all of the box around", () => {
    // 40 long and 10 high, turned by 60 degrees.
    const [cos, sin] = [0.5, Math.sqrt(3) / 2];
    const around = { x1: 0, y1: 0, x2: 40 * cos + 10 * sin, y2: 40 * sin + 10 * cos };
    const boxes = turned(around, { x: cos, y: sin });
    expect(boxes.length).toBe(4);
    for (const box of boxes) expect(box.x2 - box.x1).toBeCloseTo(10);
    const inside = (x: number, y: number) => boxes.some((box) => box.x1 <= x && x <= box.x2 && box.y1 <= y && y <= box.y2);
    const [x, y] = [around.x2 / 2, around.y2 / 2];
    for (const far of [-19, -10, 0, 10, 19]) expect(inside(x + far * cos, y + far * sin)).toBe(true);
    expect(inside(around.x2 - 2, 2)).toBe(false);
    expect(turned({ x1: 0, y1: 0, x2: 0, y2: 0 }, { x: 1, y: 0 })).toEqual([]);
  });
});
