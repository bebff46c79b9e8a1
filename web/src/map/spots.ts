// Places with the events that happened there, and those that stand too near each other as one.
import type { EntityKind, PlacesQuery } from "../api/gen/documents";
import { many } from "../words/words";
import type { Location, Point } from "./projection";

export interface Spot {
  id: string;
  kind: EntityKind;
  name: string;
  /** Null where no gazetteer knows it. */
  location: Location | null;
  facts: number;
  claims: number;
}

export interface Placed {
  /** Those with most events first. */
  spots: Spot[];
  /** Events that tell no place. */
  nowhere: number;
  more: boolean;
}

type Cells = PlacesQuery["facts"];

/** Joins what is counted of facts and of claims, and keeps them apart. */
export function placed(facts: Cells | null, claims: Cells | null): Placed {
  const spots = new Map<string, Spot>();
  let nowhere = 0;
  for (const [counts, which] of [
    [facts, "facts"],
    [claims, "claims"],
  ] as const) {
    for (const { keys, count } of counts?.cells ?? []) {
      const at = keys[0]?.entity;
      if (!at) {
        nowhere += count;
        continue;
      }
      const { id, kind, name } = at;
      const spot = spots.get(id) ?? { id, kind, name, location: ("location" in at && at.location) || null, facts: 0, claims: 0 };
      spot[which] += count;
      spots.set(id, spot);
    }
  }
  const all = [...spots.values()].sort((a, b) => events(b) - events(a) || (a.name < b.name ? -1 : 1));
  return { spots: all, nowhere, more: Boolean(facts?.more || claims?.more) };
}

export const events = (spot: { facts: number; claims: number }) => spot.facts + spot.claims;

/** "3 events and 1 claim". */
export function told({ facts, claims }: { facts: number; claims: number }): string {
  return [facts && many(facts, "event"), claims && many(claims, "claim")].filter(Boolean).join(" and ");
}

/** Several places that would hide each other, drawn where the one with most events lies. */
export interface Cluster extends Point {
  spots: Spot[];
  facts: number;
  claims: number;
  radius: number;
  /** Where its name goes; none where it would cover another. */
  side: "right" | "left" | null;
}

export interface Standing extends Point {
  spot: Spot;
}

const letter = 7.2; // pixels, at most, of most letters

export const called = ({ spots: [first, ...others] }: Pick<Cluster, "spots">) =>
  `${first?.name ?? ""}${others.length ? ` +${others.length}` : ""}`;

/** Gathers what stands nearer than it could be told apart; those with most events come first, also when names are laid. */
export function clusters(standing: Standing[], width: number): Cluster[] {
  const out: Cluster[] = [];
  for (const { spot, x, y } of standing) {
    const near = out.find((one) => Math.hypot(one.x - x, one.y - y) < 30 + one.radius / 2);
    if (near) {
      near.spots.push(spot);
      near.facts += spot.facts;
      near.claims += spot.claims;
      near.radius = radius(events(near));
    } else out.push({ x, y, spots: [spot], facts: spot.facts, claims: spot.claims, radius: radius(events(spot)), side: null });
  }
  const taken = out.map(({ x, y, radius: r }) => [x - r, y - r, x + r, y + r] as const);
  for (const one of out) {
    const long = called(one).length * letter + 18;
    for (const side of ["right", "left"] as const) {
      const from = side === "right" ? one.x + one.radius + 1 : one.x - one.radius - 1 - long;
      const box = [from, one.y - 10, from + long, one.y + 10] as const;
      if (box[0] < 0 || box[2] > width || taken.some((other) => overlap(box, other))) continue;
      one.side = side;
      taken.push(box);
      break;
    }
  }
  return out;
}

type Box = readonly [number, number, number, number];
const overlap = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function radius(count: number): number {
  return Math.min(28, 11 + 2.5 * Math.sqrt(count));
}
