import { useEffect, useRef, useState } from "react";
import type { EntityKind } from "../api/gen/documents";
import { go, path } from "../route/route";
import { partial } from "../words/dates";
import { KindMark } from "../words/marks";
import { clip, kinds } from "../words/words";
import { Combobox, NameLine, type Option, useNames, useStories } from "./names";
import { recent } from "./recent";

/** Search from anywhere: / or Ctrl-K. */
export function Search() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) setOpen(true);
      else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) setOpen(true);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", keys);
    return () => document.removeEventListener("keydown", keys);
  }, []);
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  return (
    <>
      <button type="button" className="search" onClick={() => setOpen(true)} aria-keyshortcuts="/ Control+K">
        Search <kbd>/</kbd>
      </button>
      {open && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
        <dialog
          ref={dialog}
          className="searching"
          aria-label="Search"
          onClose={() => setOpen(false)}
          onClick={(event) => event.target === dialog.current && dialog.current?.close()}
        >
          <Box close={() => dialog.current?.close()} />
        </dialog>
      )}
    </>
  );
}

function Box({ close }: { close: () => void }) {
  const [typed, setTyped] = useState("");
  const [kind, setKind] = useState<EntityKind>();
  const { query, data, loading, error } = useNames(typed, kind);
  const stories = useStories(query);
  const follow = (to: string) => () => {
    close();
    go(to);
  };
  const options: Option[] = [];
  if (query === "") {
    for (const one of recent())
      options.push({
        id: one.id,
        group: "Recent",
        label: (
          <>
            <KindMark kind={one.kind} label={false} /> {one.name}
          </>
        ),
        choose: follow(path("entity", one.id)),
      });
  } else {
    const found = (data?.search.edges ?? []).map((edge) => edge.node);
    // Groups come in the order of their best name, so that the best of all stays first.
    const order = [...new Set(found.map((node) => node.kind))];
    for (const of of order)
      for (const node of found)
        if (node.kind === of)
          options.push({ id: node.id, group: kinds[of].plural, label: <NameLine of={node} />, choose: follow(path("entity", node.id)) });
    for (const { node } of stories.data?.stories.edges ?? []) {
      options.push({
        id: node.id,
        group: "Stories",
        label: (
          <>
            <strong>{node.headline || "without a headline"}</strong>{" "}
            <span className="apart">{[node.publisher, node.published && partial(node.published)].filter(Boolean).join(" · ")}</span>
          </>
        ),
        choose: follow(path("story", node.id)),
      });
    }
    options.push({
      id: "words",
      group: "Events",
      label: <>Events told with the words “{clip(query)}”</>,
      choose: follow(`/?words=${encodeURIComponent(query)}`),
    });
  }
  const nobody = query !== "" && !loading && data?.search.edges.length === 0;
  return (
    <Combobox
      label="Search people, states, organisations, stories"
      placeholder="Kim Jong, Zelensky, missile"
      value={typed}
      onChange={setTyped}
      options={options}
      settled={typed.trim() === query && !loading}
    >
      <div className="facets" role="group" aria-label="Only">
        {(Object.keys(kinds) as EntityKind[]).map((one) => (
          <button key={one} type="button" aria-pressed={kind === one} onClick={() => setKind(kind === one ? undefined : one)}>
            <KindMark kind={one} label={false} /> {kinds[one].plural}
          </button>
        ))}
      </div>
      <p className="hint" role="status">
        {error
          ? `${error.message} ${error.todo}`
          : nobody
            ? "Nobody is called so. Type the beginning of a word, or another spelling."
            : query === "" && options.length === 0
              ? "Type a name. Arrows choose, Enter opens, Escape closes."
              : ""}
      </p>
    </Combobox>
  );
}
