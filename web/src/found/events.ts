import {
  BetweenDocument,
  type CellsFragment,
  type EventFilter,
  type EventRowFragment,
  EventsDocument,
  type EventsQuery,
  MonthsDocument,
  type MonthsQuery,
  type Party,
} from "../api/gen/documents";
import { type Asked, remember, useRead } from "../api/use";

export const page = 25;

export interface Events {
  rows: EventRowFragment[];
  more: boolean;
}

export type Cell = CellsFragment["cells"][number];
export type Months = MonthsQuery;

/** Two parties, between whom events are sought. */
export interface Pair {
  a?: string[];
  b?: string[];
  aIs?: Party;
  bIs?: Party;
}

/** The first page of events and the months, where a page has read them with what else it shows. */
export type First = { events: EventsQuery["events"] } & Months;

/** Events newest first, page upon page until there are as many as wanted. A page once read is kept. */
export function useEvents(filter: EventFilter | null, wanted: number, first?: First, pair?: Pair): Asked<Events> {
  const key = filter && `events ${wanted} ${JSON.stringify([filter, pair])}`;
  const read = async (signal: AbortSignal) => {
    const rows: EventRowFragment[] = first?.events.edges.map((edge) => edge.node) ?? [];
    let after: string | null = first?.events.pageInfo.endCursor ?? null;
    if (first && (!first.events.pageInfo.hasNextPage || rows.length >= wanted)) return { rows, more: first.events.pageInfo.hasNextPage };
    for (;;) {
      const asked = { filter: filter ?? {}, first: wanted > page ? 100 : page, after };
      const events: EventsQuery["events"] = pair
        ? (await remember(BetweenDocument, { ...asked, ...pair }, signal)).between
        : (await remember(EventsDocument, asked, signal)).events;
      rows.push(...events.edges.map((edge) => edge.node));
      after = events.pageInfo.endCursor;
      if (!events.pageInfo.hasNextPage || rows.length >= wanted) return { rows, more: events.pageInfo.hasNextPage };
    }
  };
  return useRead<Events>(key, read, first);
}

/** A filter that counts facts and one that counts claims, so that they are never summed. */
export function apart(filter: EventFilter): { facts: EventFilter; claims: EventFilter } {
  return { facts: { ...filter, claims: "EXCLUDE" }, claims: { ...filter, claims: "ONLY" } };
}

/** How many events there are of each month, and of each year. */
export function useMonths(filter: EventFilter | null, first?: First): Asked<Months> {
  const read = (signal: AbortSignal) => (first ? Promise.resolve(first) : remember(MonthsDocument, apart(filter ?? {}), signal));
  return useRead<Months>(filter && `months ${JSON.stringify(filter)}`, read, first);
}

/** Whose words an event is, if each of its reports is said by someone: then it is a claim, and nothing shows it without them. */
export function claimed(event: { claim: boolean; claimedBy: readonly { name: string }[] }): string[] {
  if (!event.claim) return [];
  return event.claimedBy.length ? event.claimedBy.map((entity) => entity.name) : ["someone not named"];
}
