// Where the reader is: all of it in the address, so that every state is a link.
import { useSyncExternalStore } from "react";

export type Place =
  | { view: "question" }
  | { view: "entity"; id: string }
  | { view: "event"; id: string }
  | { view: "story"; id: string }
  | { view: "stories" }
  | { view: "between" }
  | { view: "corrections" }
  | { view: "nowhere" };

export function place(path: string): Place {
  const [, view = "", ...rest] = path.split("/");
  let id: string;
  try {
    id = decodeURIComponent(rest.join("/"));
  } catch {
    return { view: "nowhere" };
  }
  if (view === "" && !id) return { view: "question" };
  if ((view === "stories" || view === "between" || view === "corrections") && !id) return { view };
  if ((view === "entity" || view === "event" || view === "story") && id) return { view, id };
  return { view: "nowhere" };
}

/** Ids keep their colons, which a path may hold, so that an address can be read. */
export function path(view: "entity" | "event" | "story", id: string): string {
  return `/${view}/${encodeURIComponent(id).replaceAll("%3A", ":").replaceAll("%2F", "/")}`;
}

/** The day or moment as of which all is asked, as the address has it; null is now. */
export function asOf(): string | null {
  return new URLSearchParams(location.search).get("as-of") || null;
}

/** A link of the explorer, which stays in the past that the reader looks at. */
export function kept(to: string): string {
  const then = asOf();
  if (!then || !to.startsWith("/")) return to;
  const at = to.indexOf("?");
  const params = new URLSearchParams(at < 0 ? "" : to.slice(at));
  if (params.has("as-of")) return to;
  params.set("as-of", then);
  return address(at < 0 ? to : to.slice(0, at), params);
}

const listeners = new Set<() => void>();
const notify = () => {
  for (const listener of listeners) listener();
};
if (typeof window !== "undefined") window.addEventListener("popstate", notify);

/** Goes to an address. A change of view is a step back away; one within it (a letter typed) replaces the address. */
export function go(wanted: string, replace = false) {
  const before = location.pathname;
  const to = kept(wanted);
  if (to === location.pathname + location.search + location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  notify();
  if (location.pathname !== before) window.scrollTo(0, 0);
}

export function useAddress(): { path: string; params: URLSearchParams } {
  const address = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => location.pathname + location.search,
  );
  const at = address.indexOf("?");
  return { path: at < 0 ? address : address.slice(0, at), params: new URLSearchParams(at < 0 ? "" : address.slice(at)) };
}

/** The present address with some parameters changed; null takes one away. */
export function withParams(changes: Record<string, string | null>): string {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  return address(location.pathname, params);
}

export function address(path: string, params: URLSearchParams): string {
  // Colons and commas may stand in a query, and a reader can read them there.
  const text = params.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%7E", "~");
  return text ? `${path}?${text}` : path;
}
