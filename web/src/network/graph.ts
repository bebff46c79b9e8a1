// The network that is seen: names, and all that one did to another. Pure, so that each step can be undone.
import type { EventRowFragment, NetworkQuery, WhoFragment } from "../api/gen/documents";
import { claimed } from "../found/events";
import { graphml, named } from "../keep/graphml";
import type { Counted } from "../proof/proof";
import { list } from "../words/words";

/** How often one did one action to another. */
export interface Deed {
  action: string;
  past: string;
  quad: number;
  facts: number;
  claims: number;
}

/** All that one did to another: one line of the drawing, however much it was. */
export interface Tie {
  id: string;
  from: WhoFragment;
  to: WhoFragment;
  /** Facts before claims, most events first. */
  deeds: Deed[];
  /** Who says what is claimed of them. */
  by: string[];
  /** Which events its deeds count. */
  counted: Counted;
}

export interface Graph {
  ties: Tie[];
  /** Whose surroundings were asked for, how many, and whether there are more. */
  expanded: Record<string, { asked: number; more: boolean }>;
  dismissed: string[];
}

export const empty: Graph = { ties: [], expanded: {}, dismissed: [] };

export interface Vocabulary {
  past: (action: string) => string;
}

export const count = (tie: Tie) => tie.deeds.reduce((sum, deed) => sum + deed.facts + deed.claims, 0);
/** All of its events are claims. */
export const isClaim = (tie: Tie) => tie.deeds.every((deed) => deed.facts === 0);
export const quadOf = (tie: Tie) => tie.deeds[0]?.quad ?? 0;

/** What a tie says: its most frequent deed, how often, how many other deeds there are, and who says so where all are claims. */
export function label(tie: Tie): string {
  const first = tie.deeds[0];
  if (!first) return "";
  const times = first.facts || first.claims;
  return `${first.past}${times > 1 ? ` ×${times}` : ""}${tie.deeds.length > 1 ? ` +${tie.deeds.length - 1}` : ""}${isClaim(tie) ? `, says ${list(tie.by, 1)}` : ""}`;
}

const key = (from: string, to: string) => `${from}~${to}`;
const sorted = (deeds: Deed[]) =>
  deeds.sort((a, b) => b.facts - a.facts || b.claims - a.claims || b.quad - a.quad || (a.action < b.action ? -1 : 1));

/** Ties of events told as fact and as news; the others are for the table, which says in words what they are. */
export function ofEvents(rows: EventRowFragment[], vocabulary: Vocabulary): Tie[] {
  const ties = new Map<string, Tie>();
  for (const event of rows) {
    if (event.modality !== "ASSERTED" || event.background) continue;
    for (const from of event.sources) {
      for (const to of event.targets) {
        // Of those who did something with each other, each is both; a line from one to itself says nothing.
        if (from.id === to.id) continue;
        const id = key(from.id, to.id);
        const tie = ties.get(id) ?? { id, from, to, deeds: [], by: [], counted: "drawn" };
        ties.set(id, tie);
        tie.by.push(...claimed(event).filter((name) => !tie.by.includes(name)));
        let deed = tie.deeds.find((one) => one.action === event.action);
        if (!deed) {
          deed = { action: event.action, past: vocabulary.past(event.action), quad: event.quadClass ?? 0, facts: 0, claims: 0 };
          tie.deeds.push(deed);
        }
        deed[event.claim ? "claims" : "facts"]++;
      }
    }
  }
  for (const tie of ties.values()) sorted(tie.deeds);
  return [...ties.values()];
}

export function ofNetwork(edges: NetworkQuery["network"]["edges"], vocabulary: Vocabulary, counted: Counted): Tie[] {
  return edges
    .filter(({ from, to }) => from.id !== to.id)
    .map(({ from, to, actions, claims, claimedBy }) => ({
      id: key(from.id, to.id),
      from,
      to,
      counted,
      by: claimed({ claim: claims > 0, claimedBy }),
      deeds: sorted(
        actions.map(({ action, quadClass, count, claims }) => ({
          action,
          past: vocabulary.past(action),
          quad: quadClass ?? 0,
          facts: count,
          claims,
        })),
      ),
    }));
}

/** What the API tells of a pair is of all stories, what the rows of a page tell is not: the larger one holds. */
export function join(graph: Graph, ties: Tie[], of?: { id: string; asked: number; more: boolean }): Graph {
  const all = new Map(graph.ties.map((tie) => [tie.id, tie]));
  for (const tie of ties) {
    const known = all.get(tie.id);
    if (!known || count(known) < count(tie)) all.set(tie.id, tie);
  }
  const expanded = of ? { ...graph.expanded, [of.id]: { asked: of.asked, more: of.more } } : graph.expanded;
  return { ties: [...all.values()], expanded, dismissed: of ? graph.dismissed.filter((id) => id !== of.id) : graph.dismissed };
}

export function dismiss(graph: Graph, id: string): Graph {
  return { ...graph, dismissed: [...graph.dismissed, id] };
}

/** The fewest neighbours that leave no more names than can be read. */
export function readable(graph: Graph, choices: readonly number[], most: number): number {
  return choices.find((least) => visible(graph, new Set(), least).names.length <= most) ?? choices.at(-1) ?? 1;
}

/** What is drawn: deeds of quad classes that are on, between names not dismissed that have at least so many neighbours. */
export function visible(graph: Graph, off: ReadonlySet<number>, least: number): { names: WhoFragment[]; ties: Tie[] } {
  const gone = new Set(graph.dismissed);
  let ties = graph.ties
    .filter((tie) => !gone.has(tie.from.id) && !gone.has(tie.to.id))
    .map((tie) => (off.size ? { ...tie, deeds: tie.deeds.filter((deed) => !off.has(deed.quad)) } : tie))
    .filter((tie) => tie.deeds.length > 0);
  const neighbours = new Map<string, Set<string>>();
  const meet = (a: string, b: string) => neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
  for (const { from, to } of ties) {
    meet(from.id, to.id);
    meet(to.id, from.id);
  }
  const enough = (id: string) => (neighbours.get(id)?.size ?? 0) >= least;
  ties = ties.filter((tie) => enough(tie.from.id) && enough(tie.to.id));
  const names = new Map<string, WhoFragment>();
  for (const { from, to } of ties) names.set(from.id, from).set(to.id, to);
  return { names: [...names.values()], ties };
}

/** A label where it would stand. */
export interface Label {
  id: string;
  weight: number;
  /** What it takes; one that is turned takes many small ones. */
  boxes: Box[];
}

export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** What a label takes that is turned along its tie: squares on its middle line, of the box that is around it as it stands. */
export function turned(around: Box, along: { x: number; y: number }): Box[] {
  const far = Math.hypot(along.x, along.y);
  const [width, height] = [around.x2 - around.x1, around.y2 - around.y1];
  if (far === 0 || width <= 0 || height <= 0) return width > 0 && height > 0 ? [around] : [];
  const [cos, sin] = [Math.abs(along.x) / far, Math.abs(along.y) / far];
  // A text of so long and so high is w cos + h sin wide when it is turned, and w sin + h cos high. Near the diagonal these are one equation.
  const skew = cos * cos - sin * sin;
  const least = Math.min(width, height);
  const high = Math.min(least, Math.max(least / 4, Math.abs(skew) > 0.2 ? (height * cos - width * sin) / skew : least / 3));
  const long = Math.max(high, cos > sin ? (width - high * sin) / cos : (height - high * cos) / sin);
  const pieces = Math.max(1, Math.ceil(long / high));
  const [x, y] = [(around.x1 + around.x2) / 2, (around.y1 + around.y2) / 2];
  return Array.from({ length: pieces }, (_, at) => {
    const from = ((at + 0.5) / pieces - 0.5) * long;
    const [cx, cy] = [x + (from * along.x) / far, y + (from * along.y) / far];
    return { x1: cx - high / 2, y1: cy - high / 2, x2: cx + high / 2, y2: cy + high / 2 };
  });
}

const meet = (one: Box, other: Box) => one.x1 < other.x2 && other.x1 < one.x2 && one.y1 < other.y2 && other.y1 < one.y2;

/** The labels that would cover one that matters more: of each kind the heaviest are placed first, and the first kind before the second. */
export function covered(...kinds: Label[][]): Set<string> {
  const silent = new Set<string>();
  const placed: Box[] = [];
  for (const labels of kinds) {
    for (const { id, boxes } of [...labels].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))) {
      if (boxes.some((box) => placed.some((one) => meet(one, box)))) silent.add(id);
      else placed.push(...boxes);
    }
  }
  return silent;
}

/** What is drawn as GraphML: an edge for each action of one to another. */
export function ofTies(names: WhoFragment[], ties: Tie[]): string {
  const edges = ties.flatMap(({ from, to, deeds, by }) =>
    deeds.map(({ action, past, quad, facts, claims }) => ({
      from: from.id,
      to: to.id,
      data: {
        label: facts ? past : `${past}, says ${list(by)}`,
        action,
        quadClass: quad || null,
        facts,
        claims,
        claimedBy: claims ? by.join("; ") : null,
      },
    })),
  );
  return graphml(names.map(named), edges);
}
