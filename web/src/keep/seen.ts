// Which events were seen when a question was last asked in this browser, so that those that came since can be told.
import { openStorage } from "./storage";

export interface Seen {
  ids: string[];
  /** There were no others. */
  whole: boolean;
  /** When, in milliseconds since 1970. */
  at: number;
}

type All = Record<string, Seen>;

const mostQuestions = 30;
const mostIds = 200;
const name = "seen";

/** What the browser kept may be of another age, or anyone's. */
export function readSeen(text: string | null): All {
  try {
    const all: unknown = JSON.parse(text ?? "{}");
    return Object.fromEntries(
      Object.entries(all as All).filter(
        ([, one]) => Array.isArray(one?.ids) && typeof one.at === "number" && typeof one.whole === "boolean",
      ),
    );
  } catch {
    return {};
  }
}

/** The rows, newest first, that are new to who saw seen: what stands before one that was seen, or anywhere if all were. */
export function fresh(ids: string[], seen: Seen | undefined): Set<string> {
  if (!seen) return new Set();
  const known = new Set(seen.ids);
  const last = seen.whole ? ids.length : ids.map((id) => known.has(id)).lastIndexOf(true);
  return new Set(ids.slice(0, Math.max(0, last)).filter((id) => !known.has(id)));
}

let storage: Storage | undefined;
let before: All | undefined;
const open = () => {
  storage ??= openStorage();
  return storage;
};

// A visit is as long as its tab: what was seen in it stays new in it, also after a reload.
function sessionStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

function atLastVisit(): All {
  if (!before) {
    const session = sessionStorage();
    const text = session?.getItem(`newsgraph:${name}`) ?? open().getItem(name) ?? "{}";
    session?.setItem(`newsgraph:${name}`, text);
    before = readSeen(text);
  }
  return before;
}

/** What was seen of a question at the last visit; nothing if it was not asked. */
export function seenBefore(question: string): Seen | undefined {
  return atLastVisit()[question];
}

/** Notes what is seen of a question, for the next visit. */
export function see(question: string, ids: string[], whole: boolean) {
  atLastVisit();
  const all = readSeen(open().getItem(name));
  all[question] = { ids: ids.slice(0, mostIds), whole: whole && ids.length <= mostIds, at: Date.now() };
  const newest = Object.entries(all)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, mostQuestions);
  open().setItem(name, JSON.stringify(Object.fromEntries(newest)));
}

/** What is seen now counts as seen, where the last visit did not: what comes after it is new. */
export function seeAsBefore(question: string, ids: string[], whole: boolean) {
  const all = atLastVisit();
  if (all[question]) return;
  all[question] = { ids, whole, at: Date.now() };
  sessionStorage()?.setItem(`newsgraph:${name}`, JSON.stringify(all));
}
