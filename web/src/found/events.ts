import {
  DaysDocument,
  type DaysQuery,
  type EventFilter,
  type EventRowFragment,
  EventsDocument,
  type EventsQuery,
} from "../api/gen/documents";
import { type Asked, remember, useRead } from "../api/use";

export const page = 25;
const mostDays = 2000;

export interface Events {
  rows: EventRowFragment[];
  more: boolean;
}

export type Day = DaysQuery["events"]["edges"][number]["node"];

/** The first pages of events and of days, where a page has read them with what else it shows. */
export interface First {
  events: EventsQuery["events"];
  days: DaysQuery["events"];
}

/** Events newest first, page upon page until there are as many as wanted. A page once read is kept. */
export function useEvents(filter: EventFilter | null, wanted: number, first?: First): Asked<Events> {
  return useRead(filter && `events ${wanted} ${JSON.stringify(filter)}`, async (signal) => {
    const rows: EventRowFragment[] = first?.events.edges.map((edge) => edge.node) ?? [];
    let after: string | null = first?.events.pageInfo.endCursor ?? null;
    if (first && (!first.events.pageInfo.hasNextPage || rows.length >= wanted)) return { rows, more: first.events.pageInfo.hasNextPage };
    for (;;) {
      const { events } = await remember(EventsDocument, { filter: filter ?? {}, first: page, after }, signal);
      rows.push(...events.edges.map((edge) => edge.node));
      after = events.pageInfo.endCursor;
      if (!events.pageInfo.hasNextPage || rows.length >= wanted) return { rows, more: events.pageInfo.hasNextPage };
    }
  });
}

/** The dates of all dated events that a filter finds, at most mostDays of them, oldest first. */
export function useDays(filter: EventFilter | null, first?: First): Asked<{ days: Day[]; more: boolean }> {
  return useRead(filter && `days ${JSON.stringify(filter)}`, async (signal) => {
    const days: Day[] = first?.days.edges.map((edge) => edge.node) ?? [];
    let after: string | null = first?.days.pageInfo.endCursor ?? null;
    if (first && !first.days.pageInfo.hasNextPage) return { days, more: false };
    for (;;) {
      const { events } = await remember(DaysDocument, { filter: filter ?? {}, after }, signal);
      days.push(...events.edges.map((edge) => edge.node));
      after = events.pageInfo.endCursor;
      if (!events.pageInfo.hasNextPage || days.length >= mostDays) return { days, more: events.pageInfo.hasNextPage };
    }
  });
}

/** Whose words an event is, if each of its reports is said by someone: then it is a claim, and nothing shows it without them. */
export function claimed(event: EventRowFragment): string[] {
  const reports = event.reports.edges.map((edge) => edge.node.saidBy);
  if (event.reports.pageInfo.hasNextPage || reports.length === 0 || reports.some((by) => by.length === 0)) return [];
  return [...new Set(reports.flat().map((entity) => entity.name))];
}
