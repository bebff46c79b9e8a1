// How corrections are told.
import type { CorrectionKind } from "../api/gen/documents";
import { list, many } from "../words/words";

export const corrections: Record<CorrectionKind, { done: string }> = {
  HIDE: { done: "Hidden" },
  MERGE: { done: "Merged" },
  SPLIT: { done: "Not the same" },
  RENAME: { done: "Renamed" },
  RETYPE: { done: "Of another kind" },
  REDATE: { done: "Redated" },
  PIN: { done: "Pinned" },
  UNDO: { done: "Undone" },
};

/** What ids begin with, and what that is. */
export const nouns: Record<string, "entity" | "event" | "report" | "story" | "correction"> = {
  person: "entity",
  state: "entity",
  organisation: "entity",
  place: "entity",
  weapon: "entity",
  group: "entity",
  thing: "entity",
  event: "event",
  report: "report",
  story: "story",
  correction: "correction",
};

const ids = new RegExp(`(?<![\\w"-])(?:${Object.keys(nouns).join("|")}):[^\\s",:]+`, "g");

/** A correction's words, with the ids among them apart. The verb that they begin with is left to who tells it. */
export function said({
  kind,
  says,
  of,
}: {
  kind: CorrectionKind;
  says: string;
  of: string[];
}): { text: string; id: string; noun: string }[] {
  const [stays, ...gone] = of;
  const text = kind === "MERGE" ? `${gone.join(", ")} into ${stays}` : says.replace(/^[a-z]+ /, "");
  const parts: { text: string; id: string; noun: string }[] = [];
  let at = 0;
  for (const match of text.matchAll(ids)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), id: "", noun: "" });
    parts.push({ text: match[0], id: match[0], noun: match[0].slice(0, match[0].indexOf(":")) });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), id: "", noun: "" });
  return parts;
}

/** What stands for reports: how many of them, of how many events, and the stories that they are in. */
export interface Reach {
  reports: number;
  stories: number;
  /** There are more than were counted. */
  more: boolean;
}

export function reach(reports: { edges: readonly { node: { story: { id: string } } }[]; pageInfo: { hasNextPage: boolean } }): Reach {
  const stories = new Set(reports.edges.map((edge) => edge.node.story.id)).size;
  return { reports: reports.edges.length, stories, more: reports.pageInfo.hasNextPage };
}

function counted({ more }: Reach, n: number, one: string, several?: string): string {
  return (more ? "at least " : "") + many(n, one, several);
}

/** What hiding an event does: "1 event told by 3 stories". */
export function willHide(event: Reach): string {
  return `This hides 1 event, told by ${counted(event, event.stories, "story", "stories")} in ${counted(event, event.reports, "report")}.`;
}

/** What hiding one report of an event does. */
export function willLeaveOut(title: string, event: Reach): string {
  if (event.reports === 1 && !event.more) return `This leaves out 1 report, and with it the event “${title}”, which nothing else tells.`;
  const left = counted(event, event.reports - 1, "other report");
  return `This leaves out 1 report. The event “${title}” stays, by ${left}.`;
}

/** What a change of the action or the date of reports does. */
export function willChange(all: boolean, of: Reach, to: string): string {
  const what = all ? `${counted(of, of.reports, "report")} in ${counted(of, of.stories, "story", "stories")}` : "1 report";
  return `This changes ${what}: ${to}. Where an event of that action and time is known already, they become reports of it.`;
}

/** What entities take part in, and where they are named. */
export interface Named {
  name: string;
  events: number;
  stories: number;
  more: boolean;
}

export function willMerge(goes: Named, stays: string): string {
  return `“${goes.name}” becomes another name of “${stays}”: ${events(goes)}, ${stories(goes)} and those that come are of “${stays}” then.`;
}

export function willRename(one: Named, name: string): string {
  return `“${one.name}” is called “${name}” everywhere, in ${stories(one)} and in those that come. “${one.name}” stays as another name.`;
}

export function willRetype(one: Named, was: string, kind: string): string {
  return `“${one.name}” is no ${was} but ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind} everywhere: in ${events(one)} and ${stories(one)}.`;
}

export function willSplit(one: Named, chosen: number, name: string, known: string[]): string {
  const what = `In ${many(chosen, "story", "stories")} of ${stories(one)}, and in copies of their texts, “${one.name}” is “${name}”.`;
  return known.length ? `${what} That name is known already (${list(known)}): the mentions go there.` : what;
}

function events({ events }: Named): string {
  return `${many(events, "event")} told as news`;
}

function stories({ stories, more }: Named): string {
  return (more ? "at least " : "") + many(stories, "story", "stories");
}
