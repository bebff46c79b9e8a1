// Where a correction is asked for, and what was made of the last one.
import type { MadeFragment } from "../api/gen/documents";
import { askAgain } from "../api/use";
import { openStorage } from "../keep/storage";
import { withParams } from "../route/route";

/** The address at which a thing of the page is corrected: an entity (in one story, if that is given), an event, a report, a story, or a
 * correction, which is undone. */
export function toCorrect(id: string, story?: string): string {
  return withParams({ correct: story ? `${id}~${story}` : id });
}

const storage = openStorage();

/** Who corrected last in this browser. */
export function whoCorrects(): string {
  return storage.getItem("by") ?? "";
}

let last: MadeFragment | null = null;
const listeners = new Set<() => void>();

export function lastMade(): MadeFragment | null {
  return last;
}

export function onMade(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells of a correction, and has all that is shown asked again; null takes the telling away. */
export function tell(made: MadeFragment | null, by?: string) {
  last = made;
  if (by) storage.setItem("by", by);
  for (const listener of listeners) listener();
  if (made) askAgain();
}
