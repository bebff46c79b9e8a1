import { useEffect, useRef, useState } from "react";
import type { EntityKind } from "../api/gen/documents";
import { go, path } from "../route/route";
import { partial } from "../words/dates";
import { KindMark } from "../words/marks";
import { clip, kinds } from "../words/words";
import { groups } from "./groups";
import { Combobox, Marked, NameLine, type Option, useNames, useStories, type Within } from "./names";
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
  const [within, setWithin] = useState<Within>({});
  const stories = useStories(query, within);
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
    for (const { group, of } of groups(data?.search.edges ?? []))
      options.push({
        id: of.node.id,
        group,
        label: <NameLine of={of.node} {...(of.match === "NEAR" && { near: of.name })} />,
        choose: follow(path("entity", of.node.id)),
      });
    for (const { node } of stories.data?.stories.edges ?? []) {
      const passage = node.found?.passages[0];
      options.push({
        id: node.id,
        group: "Stories",
        label: (
          <>
            <strong>{node.headline ? <Marked text={node.headline} words={node.found?.headline ?? []} /> : "without a headline"}</strong>{" "}
            <span className="apart">{[node.publisher, node.published && partial(node.published)].filter(Boolean).join(" · ")}</span>
            {passage && (
              <span className="passage">
                <Marked text={passage.text} offset={passage.span.begin} words={passage.words} />
              </span>
            )}
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
  const counted = query === "" ? undefined : stories.data;
  const nobody = query !== "" && !loading && data?.search.edges.length === 0;
  return (
    <Combobox
      label="Search people, states, organisations, stories"
      placeholder="Kim Jong, Zelensky, missile"
      value={typed}
      onChange={(text) => {
        setTyped(text);
        setWithin({});
      }}
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
      {counted && counted.years.total > 1 && (
        <div className="facets" role="group" aria-label="Only stories of">
          <span className="faint">{counted.years.total} stories</span>
          <Facet cells={counted.years.cells} chosen={within.year} choose={(year) => setWithin({ ...within, year })} />
          <Facet cells={counted.publishers.cells} chosen={within.publisher} choose={(publisher) => setWithin({ ...within, publisher })} />
        </div>
      )}
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

/** What stories share, each with how many they are. */
function Facet({
  cells,
  chosen,
  choose,
}: {
  cells: readonly { value?: string | null; count: number }[];
  chosen: string | undefined;
  choose: (value: string | undefined) => void;
}) {
  return cells.map(
    ({ value, count }) =>
      value && (
        <button key={value} type="button" aria-pressed={chosen === value} onClick={() => choose(chosen === value ? undefined : value)}>
          {value} <span className="faint">{count}</span>
        </button>
      ),
  );
}
