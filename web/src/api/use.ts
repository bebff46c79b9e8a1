import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { AskError, ask } from "./ask";
import type { TypedDocumentString } from "./gen/documents";

export interface Asked<T> {
  /** The newest answer; while another question is under way, the one before. */
  data: T | undefined;
  error: AskError | undefined;
  loading: boolean;
  again: () => void;
}

// Answers of this visit, so that Back shows at once what was seen. Stories load meanwhile, so a page asks again after a while.
const kept = new Map<string, { answer: unknown; at: number }>();
const mostKept = 200;
const fresh = 60_000; // milliseconds

let turns = 0;
const waiting = new Set<() => void>();

/** Asks all that is seen anew. What was seen stays until the answers come. */
export function refresh() {
  kept.clear();
  turns++;
  for (const notify of waiting) notify();
}

function useTurns(): number {
  return useSyncExternalStore(
    (notify) => {
      waiting.add(notify);
      return () => waiting.delete(notify);
    },
    () => turns,
  );
}

function keep(key: string, answer: unknown) {
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string);
  kept.set(key, { answer, at: Date.now() });
}

/** Asks, and answers from what it kept. */
export async function remember<T, V>(document: TypedDocumentString<T, V>, variables: V, signal?: AbortSignal): Promise<T> {
  const key = document.toString() + JSON.stringify(variables);
  const known = kept.get(key);
  if (known && Date.now() - known.at < fresh) return known.answer as T;
  const answer = await ask(document, variables, signal);
  keep(key, answer);
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

/** What read reads, again whenever key changes. A null key reads nothing. */
export function useRead<T>(key: string | null, read: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ key: string | null; data?: T; error?: AskError }>({ key: null });
  const [turn, setTurn] = useState(0);
  const all = useTurns();
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for all that read reads; turn and all ask again
  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    read(control.signal).then(
      (data) => control.signal.aborted || setState({ key, data }),
      (error) => control.signal.aborted || setState({ key, error: asked(error) }),
    );
    return () => control.abort();
  }, [key, turn, all]);
  const again = useCallback(() => {
    setState({ key: null });
    setTurn((n) => n + 1);
  }, []);
  if (key === null) return { data: undefined, error: undefined, loading: false, again };
  return { data: state.data, error: state.key === key ? state.error : undefined, loading: state.key !== key, again };
}
