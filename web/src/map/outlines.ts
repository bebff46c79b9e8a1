// Coasts and borders of Natural Earth (public domain, by way of world-atlas), as paths of the projection's units.
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { project } from "./projection";

export interface Outlines {
  /** Closed, to be filled. */
  land: string;
  /** Coasts and borders, each once, to be stroked. */
  lines: string;
}

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
type Line = [longitude: number, latitude: number][];

/** A line without leaps where the day changes: beyond 180 degrees it goes on. */
function unrolled(line: number[][]): Line {
  let turn = 0;
  let before: number | undefined;
  return line.map(([longitude = 0, latitude = 0]) => {
    if (before !== undefined && Math.abs(longitude - before) > 180) turn += longitude < before ? 360 : -360;
    before = longitude;
    return [longitude + turn, latitude];
  });
}

/** The line, and again a turn of the world away where it leaves the map, so that it comes in on the other side. */
function path(line: Line): string {
  const far = line.map(([longitude]) => longitude);
  const turns = [0, ...(Math.max(...far) > 180 ? [-360] : []), ...(Math.min(...far) < -180 ? [360] : [])];
  const step = (turn: number) => (point: Line[number]) => {
    const { x, y } = project({ latitude: point[1], longitude: point[0] + turn });
    return `${x.toFixed(2)} ${y.toFixed(2)}`;
  };
  return turns.map((turn) => `M${line.map(step(turn)).join("L")}`).join("");
}

export function draw(atlas: Atlas): Outlines {
  const land: string[] = [];
  for (const { geometry } of feature(atlas, atlas.objects.land).features) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
    for (const ring of polygons.flat().map(unrolled)) {
      const [first, last] = [ring[0], ring.at(-1)];
      // A ring that does not come back goes around the pole: Antarctica.
      if (first && last && first[0] !== last[0]) ring.push([last[0], -90], [first[0], -90]);
      land.push(`${path(ring)}Z`);
    }
  }
  return {
    land: land.join(""),
    lines: mesh(atlas, atlas.objects.countries)
      .coordinates.map((line) => path(unrolled(line)))
      .join(""),
  };
}

const files = {
  coarse: () => import("world-atlas/countries-110m.json"),
  fine: () => import("world-atlas/countries-50m.json"),
};
export type Detail = keyof typeof files;

const drawn = new Map<Detail, Promise<Outlines>>();

/** The outlines, loaded and drawn once a visit. */
export function outlines(detail: Detail): Promise<Outlines> {
  let found = drawn.get(detail);
  if (!found) {
    found = files[detail]().then((file) => draw(file.default as unknown as Atlas));
    drawn.set(detail, found);
    // A load that failed is tried again the next time.
    found.catch(() => drawn.delete(detail));
  }
  return found;
}
