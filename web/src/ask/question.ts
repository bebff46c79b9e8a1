// What is asked, as the address holds it and as the API takes it: who did what to whom, where, when, told how.
import type { EventFilter, EventType, Modality } from "../api/gen/documents";
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
  from: string;
  until: string;
  undated: boolean;
  told: Modality[];
  news: boolean;
  words: string;
}

/** The parameters that take several values, each once. */
export const lists = ["who", "did", "type", "to", "with", "where", "involving", "told"] as const;

export const anything: Question = {
  who: [],
  did: [],
  type: [],
  to: [],
  with: [],
  where: [],
  involving: [],
  from: "",
  until: "",
  undated: false,
  told: [],
  news: false,
  words: "",
};

const values = (params: URLSearchParams, name: string) => [...new Set(params.getAll(name).filter((value) => value !== ""))];

/** Reads an address. What it cannot mean (a type that is none, a date that is none) is left out. */
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
    from: date("from"),
    until: date("until"),
    undated: params.get("undated") === "1",
    told: values(params, "told").filter((value): value is Modality => value in modalities),
    news: params.get("news") === "1",
    words: params.get("words") ?? "",
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
  for (const name of ["from", "until", "words"] as const) {
    if (question[name]) next.set(name, question[name]);
    else next.delete(name);
  }
  for (const name of ["undated", "news"] as const) {
    if (question[name]) next.set(name, "1");
    else next.delete(name);
  }
  return next;
}

/** The filter of the API: only what is asked, for an empty list is an error there. */
export function filter(question: Question): EventFilter {
  const out: EventFilter = {};
  if (question.who.length) out.source = question.who;
  if (question.did.length) out.action = question.did;
  if (question.type.length) out.type = question.type;
  if (question.to.length) out.target = question.to;
  if (question.with.length) out.instrument = question.with;
  if (question.where.length) out.place = question.where;
  if (question.involving.length) out.participant = question.involving;
  if (question.told.length) out.modality = question.told;
  if (question.from || question.until) {
    out.during = { ...(question.from && { from: question.from }), ...(question.until && { to: question.until }) };
    if (question.undated) out.undated = true;
  }
  if (question.news) out.foreground = true;
  if (question.words.trim()) out.text = question.words.trim();
  return out;
}

export function isAnything(question: Question): boolean {
  return Object.keys(filter(question)).length === 0;
}
