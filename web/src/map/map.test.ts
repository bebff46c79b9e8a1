import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { PlacesQuery } from "../api/gen/documents";
import { draw } from "./outlines";
import { svg } from "./picture";
import { frame, place, project, world, zoom } from "./projection";
import { clusters, placed, type Spot } from "./spots";

const spot = (name: string, facts: number, claims = 0): Spot => ({
  id: `place:${name}`,
  kind: "PLACE",
  name,
  location: { latitude: 0, longitude: 0 },
  facts,
  claims,
});
const window = { width: 800, height: 600 };

test("the world is projected as Mercator did", () => {
  expect(project({ latitude: 0, longitude: 0 })).toEqual({ x: world / 2, y: world / 2 });
  expect(project({ latitude: 0, longitude: 180 }).x).toBe(world);
  // asinh(tan 60°) = 1.3169579
  expect(project({ latitude: 60, longitude: 0 }).y).toBeCloseTo(world * (0.5 - 1.3169579 / (2 * Math.PI)), 4);
  expect(project({ latitude: 90, longitude: 0 }).y).toBeGreaterThanOrEqual(0);
});

test("all points are framed, one alone is not magnified beyond its surroundings", () => {
  const points = [project({ latitude: 35, longitude: -120 }), project({ latitude: -35, longitude: 150 })];
  const camera = frame(points, window);
  for (const point of points) {
    const { x, y } = place(point, camera, window);
    expect(x > 0 && x < window.width && y > 0 && y < window.height).toBe(true);
  }
  expect(frame(points.slice(0, 1), window).scale).toBeLessThan(10);
  expect(Number.isFinite(frame([], window).scale)).toBe(true);
});

test("what is under the pointer stays there when the map is zoomed", () => {
  const camera = { x: 500, y: 400, scale: 2 };
  const at = { x: 200, y: 150 };
  const under = { x: camera.x + (at.x - 400) / 2, y: camera.y + (at.y - 300) / 2 };
  const { x, y } = place(under, zoom(camera, 3, at, window), window);
  expect(x).toBeCloseTo(at.x);
  expect(y).toBeCloseTo(at.y);
});

test("places too near each other are one, named after the fullest; no name covers another", () => {
  const found = clusters(
    [
      { spot: spot("Arden", 5), x: 100, y: 100 },
      { spot: spot("Brill", 2, 1), x: 110, y: 100 },
      { spot: spot("Corby", 1), x: 190, y: 100 },
      { spot: spot("Dunmore", 0, 1), x: 790, y: 300 },
    ],
    window.width,
  );
  expect(found.map((one) => [one.spots.map((each) => each.name), one.facts, one.claims, one.side])).toEqual([
    [["Arden", "Brill"], 7, 1, "left"],
    [["Corby"], 1, 0, "right"],
    [["Dunmore"], 0, 1, "left"],
  ]);
});

test("facts and claims of a place are joined, and what tells no place is counted", () => {
  const cells = (all: [string | null, number][], more = false): PlacesQuery["facts"] => ({
    cells: all.map(([name, count]) => ({ keys: [{ entity: name ? { id: name, kind: "PLACE", name, location: null } : null }], count })),
    more,
  });
  const facts = cells([
    [null, 9],
    ["a", 1],
  ]);
  const { spots, nowhere, more } = placed(
    facts,
    cells(
      [
        ["b", 3],
        ["a", 1],
        [null, 1],
      ],
      true,
    ),
  );
  expect(spots.map(({ name, facts, claims }) => [name, facts, claims])).toEqual([
    ["b", 0, 3],
    ["a", 1, 1],
  ]);
  expect([nowhere, more]).toEqual([10, true]);
  expect(placed(facts, null).spots).toHaveLength(1);
});

test("the outlines close, and no line leaps across the map where the day changes", () => {
  for (const file of ["countries-110m", "countries-50m"]) {
    const { land, lines } = draw(JSON.parse(readFileSync(`node_modules/world-atlas/${file}.json`, "utf8")));
    expect(land.startsWith("M") && land.endsWith("Z")).toBe(true);
    expect(land + lines).not.toMatch(/NaN|Infinity/);
    // One expectation: there are a hundred thousand points.
    const leaps = lines.split("M").flatMap((line) => {
      const xs = line.split("L").map((point) => Number(point.split(" ")[0]));
      return xs.map((x, at) => Math.abs(x - (xs[at - 1] ?? x)));
    });
    expect(leaps.reduce((most, leap) => Math.max(most, leap))).toBeLessThan(world / 4);
  }
});

test("the picture holds what is seen, and names are no markup in it", () => {
  const { land, lines } = { land: "M0 0L9 0L9 9Z", lines: "M0 0L9 0" };
  const picture = svg(
    { land, lines },
    clusters([{ spot: spot("Fish & <Chips>", 2), x: 9, y: 9 }], 800),
    { x: 500, y: 500, scale: 1 },
    window,
    {
      sea: "#fff",
      land: "#eee",
      line: "#888",
      spot: "#00f",
      ink: "#000",
    },
  );
  expect(picture).toContain("Fish &amp; &lt;Chips&gt;");
  expect(picture).not.toContain("<Chips");
});
