import { expect, test } from "vitest";
import type { EventRowFragment } from "../api/gen/documents";
import { csv, curl } from "../keep/keep";
import { dismiss, empty, join, ofEvents, visible } from "../network/graph";
import { buckets } from "./buckets";
import { claimed } from "./events";

const iran = { id: "state:IR", kind: "STATE", name: "Iran" } as const;
const israel = { id: "state:IL", kind: "STATE", name: "Israel" } as const;
const hamas = { id: "organisation:hamas", kind: "ORGANISATION", name: "Hamas" } as const;

function event(part: Partial<EventRowFragment> = {}, saidBy: (typeof iran)[][] = [[]]): EventRowFragment {
  return {
    id: "event:1",
    type: "ACCUSE",
    action: "accuse",
    quadClass: 3,
    title: "Iran accused Israel",
    modality: "ASSERTED",
    background: false,
    texts: 1,
    when: { from: "2024-04-01", to: "2024-04-01", precision: "DAY", text: null },
    sources: [iran],
    targets: [israel],
    instruments: [],
    places: [],
    reports: { edges: saidBy.map((by) => ({ node: { saidBy: by } })), pageInfo: { hasNextPage: false } },
    ...part,
  };
}

const day = (from: string | null, precision: "DAY" | "YEAR" = "DAY") => ({
  id: from ?? "",
  quadClass: 4,
  when: { from, to: from, precision },
});

test("months between are there, and a year is not its January", () => {
  const {
    unit,
    buckets: found,
    vague,
  } = buckets([day("2023-11-05"), day("2024-01-09"), day("2024-01-01", "YEAR"), day("--12-30"), day(null)]);
  expect(unit).toBe("month");
  expect(found.map(({ name, count }) => [name, count])).toEqual([
    ["2023-11", 1],
    ["2023-12", 0],
    ["2024-01", 1],
  ]);
  expect(vague).toBe(1);
});

test("more than five years are counted by the year", () => {
  const { unit, buckets: found } = buckets([day("2010-05-05"), day("2024-01-09")]);
  expect([unit, found.length, found[0]?.name, found.at(-1)?.count]).toEqual(["year", 15, "2010", 1]);
});

test("an event is a claim if each of its reports is said by someone", () => {
  expect(claimed(event())).toEqual([]);
  expect(claimed(event({}, [[iran], []]))).toEqual([]);
  expect(claimed(event({}, [[iran], [iran]]))).toEqual(["Iran"]);
});

test("CSV quotes, and no cell is a formula", () => {
  const [head, row] = csv([event({ title: '=HYPERLINK("x")', sources: [iran, israel] })]).split("\r\n");
  expect(head).toMatch(/^id,from,to/);
  expect(row).toContain(`"'=HYPERLINK(""x"")"`);
  expect(row).toContain("Iran; Israel");
});

test("curl survives a quotation mark", () => {
  expect(curl({ text: "it's" }, "http://x")).toContain(`it'\\''s`);
});

test("the network draws facts, keeps its steps apart and can hide the weakly tied", () => {
  const vocabulary = { past: (name: string) => name, quad: () => 3 };
  const ties = ofEvents(
    [event(), event({ id: "event:2" }), event({ modality: "NEGATED", targets: [hamas] }), event({ targets: [hamas] }, [[iran]])],
    vocabulary,
  );
  expect(ties.map((tie) => [tie.to.name, tie.count, tie.claim])).toEqual([
    ["Israel", 2, false],
    ["Hamas", 1, true],
  ]);
  const graph = join(empty, ties);
  expect(visible(graph, new Set(), 1).names.length).toBe(3);
  expect(visible(dismiss(graph, hamas.id), new Set(), 1).names.length).toBe(2);
  expect(visible(graph, new Set(), 2).ties).toEqual([]);
  expect(visible(graph, new Set([3]), 1).ties).toEqual([]);
});
