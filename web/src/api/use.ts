import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { asOf, useAddress } from "../route/route";
import { AskError, ask } from "./ask";
import type { TypedDocumentString } from "./gen/documents";

export interface Asked<T> {
  /** The newest answer; while another question is under way, the one before. */
  data: T | undefined;
  error: AskError | undefined;
  loading: boolean;
  /** How many corrections the page knew when it asked for data. */
  turn: number;
  again: () => void;
}

// Answers of this visit, so that Back shows at once what was seen. Stories load meanwhile, so a page asks again after a while.
const kept = new Map<string, { answer: unknown; at: number }>();
const mostKept = 200;
const fresh = 60_000; // milliseconds

function keep(key: string, answer: unknown) {
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string);
  kept.set(key, { answer, at: Date.now() });
}

let turn = 0;
const listeners = new Set<() => void>();

/** The graph is another now: all that is shown is asked again, and stays as it was until the answer is there. */
export function askAgain() {
  kept.clear();
  turn++;
  for (const listener of listeners) listener();
}

/** Asks, and answers from what it kept. */
export async function remember<T, V>(document: TypedDocumentString<T, V>, variables: V, signal?: AbortSignal): Promise<T> {
  const key = `${asOf()} ${document.toString()}${JSON.stringify(variables)}`;
  const known = kept.get(key);
  if (known && Date.now() - known.at < fresh) return known.answer as T;
  const asked = turn;
  const answer = await ask(document, variables, signal);
  if (asked === turn) keep(key, answer);
  return answer;
}

function asked(error: unknown): AskError {
  return error instanceof AskError ? error : new AskError(String(error), "Reload the page.", "BUG");
}

/** The answer to a question; null variables ask nothing. */
export function useAsk<T, V>(document: TypedDocumentString<T, V>, variables: V | null): Asked<T> {
  return useRead(variables === null ? null : document.toString() + JSON.stringify(variables), (signal) =>
    remember(document, variables as V, signal),
  );
}

/** What read reads, again whenever of changes, or from, which is what was read already. A null of reads nothing. */
export function useRead<T>(of: string | null, read: (signal: AbortSignal) => Promise<T>, from?: unknown): Asked<T> {
  const then = useAddress().params.get("as-of");
  const key = of && `${then} ${of}`;
  const [state, setState] = useState<{ key: string | null; data?: T; error?: AskError; turn: number }>({ key: null, turn });
  const [tries, setTries] = useState(0);
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => turn,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for all that read asks; now and tries ask again
  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    read(control.signal).then(
      (data) => control.signal.aborted || setState({ key, data, turn: now }),
      (error) => control.signal.aborted || setState({ key, error: asked(error), turn: now }),
    );
    return () => control.abort();
  }, [key, from, now, tries]);
  const again = useCallback(() => {
    setState({ key: null, turn });
    setTries((n) => n + 1);
  }, []);
  if (key === null) return { data: undefined, error: undefined, loading: false, turn: state.turn, again };
  return { data: state.data, error: state.key === key ? state.error : undefined, loading: state.key !== key, turn: state.turn, again };
}
