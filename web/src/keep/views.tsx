// Views that a reader saved, in this browser alone: each is a name and an address.
import { useSyncExternalStore } from "react";
import { Link } from "../route/link";
import { openStorage } from "./storage";

export interface View {
  name: string;
  href: string;
}

const storage = openStorage();
const listeners = new Set<() => void>();

/** What the browser kept may be of another age, or anyone's: only an address of this site is a view. */
export function readViews(text: string): View[] {
  try {
    const all: unknown = JSON.parse(text);
    if (!Array.isArray(all)) return [];
    return all.filter((one) => typeof one?.name === "string" && typeof one.href === "string" && /^\/(?![/\\])/.test(one.href));
  } catch {
    return [];
  }
}

function keep(views: View[]) {
  storage.setItem("views", JSON.stringify(views));
  for (const listener of listeners) listener();
}

/** Saves a view; one of the same name makes way. */
export function saveView(view: View) {
  keep([view, ...readViews(storage.getItem("views") ?? "[]").filter((other) => other.name !== view.name)]);
}

export function Views() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => storage.getItem("views") ?? "[]",
  );
  const views = readViews(text);
  if (views.length === 0) return null;
  return (
    <details className="take saved">
      <summary>Saved</summary>
      <ul>
        {views.map((view) => (
          <li key={view.name} className="row">
            <Link href={view.href}>{view.name}</Link>
            <button
              type="button"
              className="plain"
              aria-label={`Forget ${view.name}`}
              onClick={() => keep(views.filter((other) => other !== view))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
