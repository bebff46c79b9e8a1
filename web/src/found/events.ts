import { useEffect, useState } from "react";
import { ask } from "../api/ask";
import {
  BetweenDocument,
  type CellsFragment,
  DifferingBetweenDocument,
  DifferingDocument,
  type DifferingQuery,
  type EventFilter,
  type EventRowFragment,
  EventsDocument,
  type EventsQuery,
  type Modality,
  MonthsDocument,
  type MonthsQuery,
  type Party,
  TotalDocument,
} from "../api/gen/documents";
import { type Asked, remember, useRead } from "../api/use";
import { asOf, useAddress } from "../route/route";
import { list, many, modalities } from "../words/words";

export const page = 25;

export interface Events {
  rows: EventRowFragment[];
  more: boolean;
  /** How many there are on all pages, where the API counts them; atLeast when there may be more. */
  total?: { count: number; atLeast: boolean } | undefined;
  /** How many of the newest were looked at, where there are others that were not: of those nothing is known. */
  looked?: number;
  /** The question that they answer, and as of when. */
  of?: string;
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

/** Which events a page shows: those of a filter, between two, or only those whose reports differ. */
export interface Wanted {
  filter: EventFilter;
  pair?: Pair | undefined;
  differ?: boolean;
}

// How many events are looked at for those whose reports differ, which no filter knows.
const mostLookedAt = 2000;

/** Reads events newest first, page upon page until there are as many as wanted. A page once read is kept. */
export async function readEvents({ filter, pair, differ }: Wanted, wanted: number, signal?: AbortSignal, first?: First): Promise<Events> {
  const rows: EventRowFragment[] = first?.events.edges.map((edge) => edge.node) ?? [];
  let after: string | null = first?.events.pageInfo.endCursor ?? null;
  let total = first && counted(first.events);
  if (first && (!first.events.pageInfo.hasNextPage || rows.length >= wanted))
    return { rows, more: first.events.pageInfo.hasNextPage, total };
  for (let looked = 0; ; looked += 100) {
    const asked = { filter, first: wanted > page ? 100 : page, after, counted: after === null };
    if (differ) {
      const { edges, pageInfo }: DifferingQuery["events"] = pair
        ? (await remember(DifferingBetweenDocument, { filter, after, ...pair }, signal)).between
        : (await remember(DifferingDocument, { filter, after }, signal)).events;
      rows.push(...edges.flatMap(({ node }) => (node.conflicts.length ? [node] : [])));
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) return { rows, more: false };
      if (looked + 100 >= mostLookedAt) return { rows, more: false, looked: looked + 100 };
      continue;
    }
    const events: EventsQuery["events"] = pair
      ? (await remember(BetweenDocument, { ...asked, ...pair }, signal)).between
      : (await remember(EventsDocument, asked, signal)).events;
    rows.push(...events.edges.map((edge) => edge.node));
    total ??= counted(events);
    after = events.pageInfo.endCursor;
    if (!events.pageInfo.hasNextPage || rows.length >= wanted) return { rows, more: events.pageInfo.hasNextPage, total };
  }
}

function counted({ totalCount, estimated }: EventsQuery["events"]): Events["total"] {
  return totalCount == null ? undefined : { count: totalCount, atLeast: estimated ?? false };
}

/** How many events are shown, and of how many: "The newest 25 of 291 events". */
export function howMany({ rows, more, total, looked }: Events): string {
  if (looked) return `${many(rows.length, "event")} among the newest ${looked.toLocaleString()}; those before were not looked at.`;
  if (!more) return many(rows.length, "event");
  if (!total) return `The newest ${rows.length.toLocaleString()} events; there are more.`;
  return `The newest ${rows.length.toLocaleString()} of ${total.count.toLocaleString()} events${total.atLeast ? " or more" : ""}.`;
}

/** Events of a page; first are those that it has read with what else it shows. */
export function useEvents(of: Wanted | null, wanted: number, first?: First): Asked<Events> {
  const had = first?.events.edges.map(({ node }) => node.id).join();
  const read = async (signal: AbortSignal) => {
    const answers = JSON.stringify([asOf(), of]);
    return { ...(await readEvents(of as Wanted, wanted, signal, first)), of: answers };
  };
  return useRead(of && `events ${wanted} ${JSON.stringify(of)} ${had}`, read, first);
}

/** How often the page looks whether there are more events, in milliseconds; and whenever it is looked at again. */
const every = 15_000;

/** How many events of a question were loaded since the page showed it. What is told as background is not counted, as nowhere. */
export function useLoaded(filter: EventFilter | null): { loaded: number; shown: () => void } {
  // Another time has other events, and none of them was loaded meanwhile.
  const then = useAddress().params.get("as-of");
  const asked = filter && JSON.stringify([then, filter]);
  const [state, setState] = useState({ asked, before: -1, now: -1 });
  useEffect(() => {
    if (asked === null) return;
    const control = new AbortController();
    const look = async () => {
      if (document.visibilityState === "hidden") return;
      const of: EventFilter = { modality: Object.keys(modalities) as Modality[], claims: "INCLUDE", ...JSON.parse(asked)[1] };
      const now = await ask(TotalDocument, { filter: of }, control.signal).then(
        (answer) => answer.counts.total,
        () => -1, // The next look may do better, and what is shown stays true.
      );
      if (now < 0 || control.signal.aborted) return;
      // Fewer are no news: a story was taken away, and what comes after counts from there.
      setState((was) => ({ asked, now, before: was.asked === asked && was.before >= 0 ? Math.min(was.before, now) : now }));
    };
    look();
    const timer = setInterval(look, every);
    document.addEventListener("visibilitychange", look);
    return () => {
      control.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [asked]);
  return {
    loaded: state.asked === asked ? state.now - state.before : 0,
    shown: () => setState((was) => ({ ...was, before: was.now })),
  };
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

/** What stands beside the title of a claim: the title names up to two who say so, and of more only the first. */
export function claimNote(event: { claim: boolean; claimedBy: readonly { name: string }[] }): string {
  const by = claimed(event);
  return by.length > 2 ? `claim of ${list(by)}` : by.length ? "claim" : "";
}
