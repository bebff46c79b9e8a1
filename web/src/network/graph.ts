// The network that is seen: names, and what one told to have done to another. Pure, so that each step can be undone.
import type { EventRowFragment, RelationRowFragment, WhoFragment } from "../api/gen/documents";
import { claimed } from "../found/events";

export interface Tie {
  id: string;
  from: WhoFragment;
  to: WhoFragment;
  action: string;
  past: string;
  quad: number;
  count: number;
  /** All of its events are claims. */
  claim: boolean;
}

export interface Graph {
  ties: Tie[];
  /** Whose relations were asked for, how many, and whether there are more. */
  expanded: Record<string, { asked: number; more: boolean }>;
  dismissed: string[];
}

export const empty: Graph = { ties: [], expanded: {}, dismissed: [] };

export interface Vocabulary {
  past: (action: string) => string;
  quad: (action: string) => number;
}

const key = (from: string, action: string, to: string) => `${from}~${action}~${to}`;

/** Ties of events told as fact and as news; the others are for the table, which says in words what they are. */
export function ofEvents(rows: EventRowFragment[], vocabulary: Vocabulary): Tie[] {
  const ties = new Map<string, Tie>();
  for (const event of rows) {
    if (event.modality !== "ASSERTED" || event.background) continue;
    const claim = claimed(event).length > 0;
    for (const from of event.sources) {
      for (const to of event.targets) {
        const id = key(from.id, event.action, to.id);
        const known = ties.get(id);
        if (known) {
          known.count++;
          known.claim &&= claim;
        } else
          ties.set(id, {
            id,
            from,
            to,
            action: event.action,
            past: vocabulary.past(event.action),
            quad: event.quadClass ?? 0,
            count: 1,
            claim,
          });
      }
    }
  }
  return [...ties.values()];
}

export function ofRelations(relations: RelationRowFragment[], vocabulary: Vocabulary): Tie[] {
  return relations.map(({ from, to, action, past, count }) => ({
    id: key(from.id, action, to.id),
    from,
    to,
    action,
    past,
    quad: vocabulary.quad(action),
    count,
    claim: false,
  }));
}

/** The counts of relations are of all stories, those of the rows on a page are not: the larger one holds. */
export function join(graph: Graph, ties: Tie[], of?: { id: string; asked: number; more: boolean }): Graph {
  const all = new Map(graph.ties.map((tie) => [tie.id, tie]));
  for (const tie of ties) {
    const known = all.get(tie.id);
    if (!known || known.count < tie.count) all.set(tie.id, known ? { ...tie, claim: known.claim } : tie);
  }
  const expanded = of ? { ...graph.expanded, [of.id]: { asked: of.asked, more: of.more } } : graph.expanded;
  return { ties: [...all.values()], expanded, dismissed: of ? graph.dismissed.filter((id) => id !== of.id) : graph.dismissed };
}

export function dismiss(graph: Graph, id: string): Graph {
  return { ...graph, dismissed: [...graph.dismissed, id] };
}

/** What is drawn: ties of quad classes that are on, between names not dismissed that have at least so many neighbours. */
export function visible(graph: Graph, off: ReadonlySet<number>, least: number): { names: WhoFragment[]; ties: Tie[] } {
  const gone = new Set(graph.dismissed);
  let ties = graph.ties.filter((tie) => !off.has(tie.quad) && !gone.has(tie.from.id) && !gone.has(tie.to.id));
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
