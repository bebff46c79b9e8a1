// What is asked, as the address holds it and as the API takes it: who did what to whom, where, when, told how.
import type { EventFilter, EventType, Modality, Party } from "../api/gen/documents";
import type { Pair } from "../found/events";
import { complaint } from "../words/dates";
import { modalities, types } from "../words/words";

export interface Question {
  who: string[];
  did: string[];
  type: EventType[];
  to: string[];
  with: string[];
  where: string[];
  involving: string[];
  said: string[];
  /** The two parties of the view between two. They are no part of the filter. */
  a: string[];
  b: string[];
  /** Words whose states stand for all that belongs to them: government, army, officials, companies, citizens. */
  all: Rolled[];
  from: string;
  until: string;
  undated: boolean;
  told: Modality[];
  /** Only facts, only claims, or both. */
  claims: "" | "facts" | "only";
  news: boolean;
  words: string;
  /** With some weapon, whichever. */
  armed: boolean;
  /** How many texts tell it; differ: its reports count the dead, injured or arrested differently, which is no part of the filter. */
  sources: "" | "one" | "several" | "differ";
}

/** The words that can be rolled up. */
const rolled = ["who", "to", "involving", "said", "a", "b"] as const;
export type Rolled = (typeof rolled)[number];

/** The parameters that take several values, each once. */
export const lists = ["who", "did", "type", "to", "with", "where", "involving", "said", "a", "b", "all", "told"] as const;

const singles = ["from", "until", "words", "claims", "sources"] as const;
const flags = ["undated", "news", "armed"] as const;

export const anything: Question = {
  who: [],
  did: [],
  type: [],
  to: [],
  with: [],
  where: [],
  involving: [],
  said: [],
  a: [],
  b: [],
  all: [],
  from: "",
  until: "",
  undated: false,
  told: [],
  claims: "",
  news: false,
  words: "",
  armed: false,
  sources: "",
};

/** The ways to see what is found; a table unless the address says otherwise. */
export const ways = ["table", "timeline", "network", "map", "heat"] as const;
export type As = (typeof ways)[number];

/** The way that an address tells. */
export function seenAs(params: URLSearchParams): As {
  return ways.find((way) => way === params.get("as")) ?? "table";
}

const sources = ["one", "several", "differ"] as const;

const values = (params: URLSearchParams, name: string) => [...new Set(params.getAll(name).filter((value) => value !== ""))];

/** Reads an address. What it cannot mean (a type that is none, a date that is none) is left out: meaningless tells it. */
export function read(params: URLSearchParams): Question {
  const date = (name: string) => {
    const text = params.get(name) ?? "";
    return complaint(text) === null ? text : "";
  };
  return {
    who: values(params, "who"),
    did: values(params, "did"),
    type: values(params, "type").filter((value): value is EventType => value in types),
    to: values(params, "to"),
    with: values(params, "with"),
    where: values(params, "where"),
    involving: values(params, "involving"),
    said: values(params, "said"),
    a: values(params, "a"),
    b: values(params, "b"),
    all: values(params, "all").filter((value): value is Rolled => (rolled as readonly string[]).includes(value)),
    from: date("from"),
    until: date("until"),
    undated: params.get("undated") === "1",
    told: values(params, "told").filter((value): value is Modality => value in modalities),
    claims: params.get("claims") === "facts" ? "facts" : params.get("claims") === "only" ? "only" : "",
    news: params.get("news") === "1",
    words: params.get("words") ?? "",
    armed: params.get("armed") === "1",
    sources: sources.find((value) => value === params.get("sources")) ?? "",
  };
}

/** Writes a question into an address, and leaves what else stands there. What was seen of the former answer goes. */
export function write(question: Question, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ["rows", "proof"]) next.delete(name);
  for (const name of lists) {
    next.delete(name);
    for (const value of question[name]) next.append(name, value);
  }
  for (const name of singles) {
    if (question[name]) next.set(name, question[name]);
    else next.delete(name);
  }
  for (const name of flags) {
    if (question[name]) next.set(name, "1");
    else next.delete(name);
  }
  return next;
}

/** What an address asks for that no question can mean, as name and value: a link was cut, or written by hand. */
export function meaningless(params: URLSearchParams): [name: string, value: string][] {
  const kept = write(read(params), new URLSearchParams({ as: seenAs(params), side: side(params) }));
  return [...lists, ...singles, ...flags, "as", "side"].flatMap((name) =>
    values(params, name)
      .filter((value) => !kept.getAll(name).includes(value))
      .map((value): [string, string] => [name, value]),
  );
}

/** The country whose all is meant: every name is a state's. Null where one is none, for then "its army" says nothing. */
export function countries(ids: string[]): string[] | null {
  const codes = ids.map((id) => /^state:([A-Z]{2,3})$/.exec(id)?.[1]);
  return ids.length > 0 && codes.every((code) => code !== undefined) ? (codes as string[]) : null;
}

/** Those that a word names: by their ids or, rolled up, by their country. */
export function party(question: Question, word: Rolled, ids = question[word]): { ids?: string[]; is?: Party } {
  if (ids.length === 0) return {};
  const country = question.all.includes(word) ? countries(ids) : null;
  return country ? { is: { country } } : { ids };
}

/** The filter of the API: only what is asked, for an empty list is an error there. */
export function filter(question: Question): EventFilter {
  const out: EventFilter = {};
  const who = party(question, "who");
  if (who.ids) out.source = who.ids;
  if (who.is) out.sourceIs = who.is;
  if (question.did.length) out.action = question.did;
  if (question.type.length) out.type = question.type;
  const to = party(question, "to");
  if (to.ids) out.target = to.ids;
  if (to.is) out.targetIs = to.is;
  if (question.with.length) out.instrument = question.with;
  if (question.where.length) out.place = question.where;
  const involving = party(question, "involving");
  if (involving.ids) out.participant = involving.ids;
  if (involving.is) out.participantIs = involving.is;
  const said = party(question, "said");
  if (said.ids) out.saidBy = said.ids;
  if (said.is) out.saidByIs = said.is;
  if (question.claims) out.claims = question.claims === "facts" ? "EXCLUDE" : "ONLY";
  if (question.told.length) out.modality = question.told;
  if (question.from || question.until) {
    out.during = { ...(question.from && { from: question.from }), ...(question.until && { to: question.until }) };
    if (question.undated) out.undated = true;
  }
  if (question.news) out.foreground = true;
  if (question.armed) out.instrumentIs = { kind: ["WEAPON"] };
  if (question.sources === "one") out.maxTexts = 1;
  if (question.sources === "several") out.minTexts = 2;
  if (question.words.trim()) out.text = question.words.trim();
  return out;
}

/** The two parties of a question, as the API takes them; null until both are told. */
export function pairOf(question: Question): Pair | null {
  const [a, b] = [party(question, "a"), party(question, "b")];
  if ((!a.ids && !a.is) || (!b.ids && !b.is)) return null;
  return { ...(a.ids && { a: a.ids }), ...(a.is && { aIs: a.is }), ...(b.ids && { b: b.ids }), ...(b.is && { bIs: b.is }) };
}

/** The filter of the view between two, besides its parties. */
export function besides(question: Question): EventFilter {
  return filter({ ...question, who: [], to: [] });
}

/** The filter of the view between two with its parties: what either did to the other. */
export function between(question: Question): EventFilter {
  const pair = pairOf(question);
  if (!pair) return besides(question);
  const side = (ids: string[] | undefined, is: Party | undefined, word: "source" | "target") => ({
    ...(ids && { [word]: ids }),
    ...(is && { [`${word}Is`]: is }),
  });
  const { a, aIs, b, bIs } = pair;
  return {
    ...besides(question),
    or: [
      { ...side(a, aIs, "source"), ...side(b, bIs, "target") },
      { ...side(b, bIs, "source"), ...side(a, aIs, "target") },
    ],
  };
}

/** What a filter asks of events whoever takes part in them: the surroundings of a name have other parties than the page. */
export function whoever({ source, sourceIs, target, targetIs, participant, participantIs, or, ...others }: EventFilter): EventFilter {
  return others;
}

export function isAnything(question: Question): boolean {
  return Object.keys(filter(question)).length === 0 && !question.sources;
}

/** Whether whom a page is about acts, is acted upon, or either. */
export type Side = "either" | "did" | "undergone";

export function side(params: URLSearchParams): Side {
  const told = params.get("side");
  return told === "did" || told === "undergone" ? told : "either";
}

/** The filter of an entity's page: the question, with whom the page is about filled in. */
export function about(id: string, question: Question, side: Side): EventFilter {
  const out = filter(question);
  const country = question.all.includes("involving") ? countries([id]) : null;
  const word = { either: "participant", did: "source", undergone: "target" } as const;
  delete out.participantIs;
  // A state's page can be of all that belongs to it.
  if (country) out[`${word[side]}Is`] = { country };
  else out[word[side]] = [id];
  return out;
}
