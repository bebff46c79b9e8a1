// Names and ties on a canvas, and the same as a table beside it.
import cytoscape, { type Core, type EdgeSingular, type NodeSingular, type StylesheetJson } from "cytoscape";
import { useEffect, useMemo, useReducer, useRef, useState } from "react";
import { AskError } from "../api/ask";
import { ActionsDocument, type EventFilter, type EventRowFragment, NetworkDocument, type WhoFragment } from "../api/gen/documents";
import { remember, useAsk } from "../api/use";
import { whoever } from "../ask/question";
import { save } from "../keep/keep";
import { proofOfRelation } from "../proof/proof";
import { go } from "../route/route";
import { Name, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { ground, ink, kinds, list, many, quad, quads, theme, action as words } from "../words/words";
import {
  type Box,
  count,
  covered,
  dismiss,
  empty,
  type Graph,
  isClaim,
  join,
  label,
  ofEvents,
  ofNetwork,
  ofTies,
  quadOf,
  readable,
  type Tie,
  turned,
  type Vocabulary,
  visible,
} from "./graph";
import type { Done, Order } from "./layout.worker";
import { svg } from "./picture";

const portion = 25; // names that one expansion adds
const mostAsked = 100;
const neighbours = [1, 2, 3, 5] as const;
const mostNames = 45; // that a network of a question begins with
const mostLabels = 40; // of ties, that can be read at once
const mostCurves = 600; // ties; more are thin straight lines, and stand still as a picture while the view is moved
const mostRows = 200; // of the table
const mostDeeds = 6; // of one row

interface Seen {
  now: Graph;
  before: Graph[];
}

type Step = { do: (graph: Graph) => Graph; first?: boolean } | { undo: true };

function step(seen: Seen, by: Step): Seen {
  if ("undo" in by) return { now: seen.before.at(-1) ?? seen.now, before: seen.before.slice(0, -1) };
  // What the page begins with is nothing to go back from.
  if (by.first) return { ...seen, now: by.do(seen.now) };
  return { now: by.do(seen.now), before: [...seen.before, seen.now].slice(-50) };
}

export default function Network({ rows, around, filter }: { rows: EventRowFragment[]; around?: string | undefined; filter: EventFilter }) {
  const { data, error, again } = useAsk(ActionsDocument, {});
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Skeleton what="the network" />;
  const actions = new Map(data.actions.map((one) => [one.name, one]));
  const vocabulary: Vocabulary = {
    past: (name) => actions.get(name)?.past ?? words(name),
  };
  return <Drawn rows={around ? [] : rows} around={around} filter={filter} vocabulary={vocabulary} />;
}

function Drawn({
  rows,
  around,
  filter,
  vocabulary,
}: {
  rows: EventRowFragment[];
  around?: string | undefined;
  filter: EventFilter;
  vocabulary: Vocabulary;
}) {
  const [seen, move] = useReducer(step, undefined, () => ({ now: join(empty, ofEvents(rows, vocabulary)), before: [] }));
  const [off, setOff] = useState<ReadonlySet<number>>(new Set());
  const [least, setLeast] = useState(() => readable(join(empty, ofEvents(rows, vocabulary)), neighbours, mostNames));
  const [picked, setPicked] = useState<WhoFragment>();
  const [said, setSaid] = useState("");
  const [failed, setFailed] = useState<AskError>();
  const graph = seen.now;
  const drawn = useMemo(() => visible(graph, off, least), [graph, off, least]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only rows that were not there before are news
  useEffect(() => {
    const ties = ofEvents(rows, vocabulary);
    if (ties.some((tie) => !graph.ties.some((known) => known.id === tie.id))) move({ do: (now) => join(now, ties) });
  }, [rows]);

  const expand = async (id: string, first = false) => {
    const asked = Math.min(mostAsked, (graph.expanded[id]?.asked ?? 0) + portion);
    setSaid("Asking for more …");
    setFailed(undefined);
    try {
      const { network } = await remember(NetworkDocument, { around: [id], limit: asked, filter: first ? filter : whoever(filter) });
      const ties = ofNetwork(network.edges, vocabulary, first ? "asked" : "around");
      const known = new Set(graph.ties.map((tie) => tie.id));
      const added = ties.filter((tie) => !known.has(tie.id)).length;
      move({ do: (now) => join(now, ties, { id, asked, more: network.more && asked < mostAsked }), first });
      if (!first) setLeast(1);
      const rest = network.more
        ? asked < mostAsked
          ? "; expand again for others"
          : "; there are others: narrow the question by an action or a date"
        : "";
      const rolled = first && (filter.participantIs || filter.sourceIs || filter.targetIs);
      if (rolled) setSaid("Around this name alone; those that belong to it are found by expanding.");
      else setSaid(first && !network.more ? "" : `${added ? `${many(added, "tie")} ${first ? "" : "more"}` : "No more ties"}${rest}.`);
    } catch (error) {
      if (first && error instanceof AskError) setFailed(error);
      setSaid(error instanceof AskError ? `${error.message} ${error.todo}` : String(error));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whom the page is about is expanded once
  useEffect(() => {
    if (around) expand(around, true);
  }, [around]);

  const here = [...new Set(graph.ties.flatMap((tie) => tie.deeds.map((deed) => deed.quad)))].sort() as (0 | 1 | 2 | 3 | 4)[];
  const toggle = (of: number) => {
    const next = new Set(off);
    if (!next.delete(of)) next.add(of);
    setOff(next);
  };
  const left = rows.filter((event) => event.modality !== "ASSERTED" || event.background).length;
  const open = (tie: Tie, action = "") => go(proofOfRelation(tie.from.id, action, tie.to.id, tie.counted));
  const hiddenNames = visible(graph, off, 1).names.length - drawn.names.length;
  if (failed && around) return <Failure error={failed} again={() => expand(around, true)} />;
  return (
    <div className="network">
      <div className="facets" role="group" aria-label="What is drawn">
        {here.map((of) => (
          <button key={of} type="button" aria-pressed={!off.has(of)} onClick={() => toggle(of)}>
            <QuadMark of={of} label />
          </button>
        ))}
        <label>
          at least{" "}
          <select value={least} onChange={(event) => setLeast(Number(event.target.value))}>
            {neighbours.map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>{" "}
          {least === 1 ? "neighbour" : "neighbours"}
        </label>
        {hiddenNames > 0 && <span className="faint">{many(hiddenNames, "name")} with fewer not drawn</span>}
        <button type="button" disabled={seen.before.length === 0} onClick={() => move({ undo: true })}>
          Undo
        </button>
      </div>
      <div className="pair">
        <Canvas names={drawn.names} ties={drawn.ties} graph={graph} onTie={open} onName={setPicked} onExpand={expand} />
        <div className="aside">
          {picked && drawn.names.some((name) => name.id === picked.id) && (
            <p className="row picked">
              <Name of={picked} />
              <button type="button" onClick={() => expand(picked.id)} disabled={graph.expanded[picked.id]?.more === false}>
                Expand
              </button>
              <button type="button" onClick={() => move({ do: (now) => dismiss(now, picked.id) })}>
                Dismiss
              </button>
            </p>
          )}
          <p className="faint" role="status">
            {said || "Click a tie for its sentences, a name to pick it; double-click a name to expand it. Drag a name and it stays there."}
          </p>
          {drawn.ties.length === 0 ? (
            <Empty>
              {graph.ties.length === 0
                ? "No event here tells both who and to whom. See the table, or widen the question."
                : "Everything is filtered away: switch a class on, or ask for fewer neighbours."}
            </Empty>
          ) : (
            <div className="scroll">
              <table>
                <caption className="hidden">The network as a table</caption>
                <thead>
                  <tr>
                    <th scope="col">Who</th>
                    <th scope="col">did</th>
                    <th scope="col">to whom</th>
                  </tr>
                </thead>
                <tbody>
                  {drawn.ties.slice(0, mostRows).map((tie) => (
                    <tr key={tie.id} className={isClaim(tie) ? "claim" : ""}>
                      <td>
                        <button type="button" className="line" onClick={() => setPicked(tie.from)}>
                          {tie.from.name}
                        </button>
                      </td>
                      <td>
                        {tie.deeds.slice(0, mostDeeds).map((deed) => (
                          <div key={deed.action}>
                            <button type="button" className="line" onClick={() => open(tie, deed.action)}>
                              <QuadMark of={deed.quad} />
                              {"\u00a0"}
                              {deed.past}
                              {deed.facts + deed.claims > 1 && ` ×${deed.facts + deed.claims}`}
                              <span className="hidden">
                                : {tie.from.name} and {tie.to.name}, the sentences
                              </span>
                            </button>
                            {deed.claims > 0 && (
                              <span className="note">{deed.facts ? many(deed.claims, "claim") : deed.claims > 1 ? "claims" : "claim"}</span>
                            )}
                          </div>
                        ))}
                        {tie.deeds.some((deed) => deed.claims > 0) && <span className="note">claimed by {list(tie.by)}</span>}
                        {tie.deeds.length > mostDeeds && (
                          <button type="button" className="line" onClick={() => open(tie)}>
                            and {many(tie.deeds.length - mostDeeds, "other action")}
                            <span className="hidden">
                              : {tie.from.name} and {tie.to.name}, all sentences
                            </span>
                          </button>
                        )}
                      </td>
                      <td>
                        <button type="button" className="line" onClick={() => setPicked(tie.to)}>
                          {tie.to.name}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {drawn.ties.length > mostRows && (
                <p className="faint">
                  The first {mostRows} of {drawn.ties.length} ties; the GraphML holds all. Ask for more neighbours, or narrow the question.
                </p>
              )}
            </div>
          )}
          {left > 0 && <p className="faint">{many(left, "event")} of the table not drawn: background, or not told as fact.</p>}
        </div>
      </div>
    </div>
  );
}

/** grown is how much larger names are written, for they shrink with the drawing. */
function sheet(grown = 1): StylesheetJson {
  const shade = theme();
  const text = ink[shade];
  const font = { "font-family": "system-ui, sans-serif", color: text, "text-outline-color": ground[shade], "text-outline-width": 2 };
  return [
    {
      selector: "node",
      style: {
        ...font,
        label: "data(label)",
        "font-size": 12 * grown,
        width: 18,
        height: 18,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-max-width": `${110 * grown}px`,
        "text-wrap": "wrap",
        "min-zoomed-font-size": 6,
      },
    },
    ...Object.entries(kinds).map(([kind, { colour, shape }]) => ({
      selector: `node[kind = "${kind}"]`,
      style: { "background-color": colour[shade], shape } as const,
    })),
    {
      selector: "edge",
      style: {
        ...font,
        label: "data(label)",
        // Less than names, or the longest would hide what they tie.
        "font-size": 10 * grown,
        "curve-style": "bezier",
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        width: "data(width)",
        "text-rotation": "autorotate",
        // In two lines, or the words of a short tie would run under the names at its ends.
        "text-wrap": "wrap",
        "text-max-width": `${80 * grown}px`,
        "control-point-step-size": 46,
        "min-zoomed-font-size": 8,
      },
    },
    ...Object.entries(quads).map(([of, { colour, filled }]) => ({
      selector: `edge[quad = ${of}]`,
      style: {
        "line-color": colour[shade],
        "target-arrow-color": colour[shade],
        "target-arrow-fill": filled ? "filled" : "hollow",
      } as const,
    })),
    // So many words at once that none can be read: they show on the tie that is pointed at, and in the table.
    { selector: "edge[?quiet]", style: { label: "" } },
    { selector: "edge[?thin]", style: { "curve-style": "haystack", "haystack-radius": 0, width: 1, opacity: 0.5 } },
    // What would cover what matters more shows where it is pointed at, and when it is picked.
    { selector: ".silent", style: { label: "" } },
    {
      selector: "node.silent.pointed, node.silent:selected",
      style: { label: "data(label)", "z-index": 10, "text-background-color": ground[shade], "text-background-opacity": 0.9 },
    },
    { selector: "edge.pointed", style: { label: "data(label)", "z-index": 9, "font-size": 12 * grown } },
    { selector: "edge[?claim]", style: { "line-style": "dashed" } },
    { selector: "node:selected", style: { "border-width": 3, "border-color": text } },
    { selector: "edge:selected", style: { "underlay-color": text, "underlay-opacity": 0.25, "underlay-padding": 4 } },
  ];
}

const slice = { names: 100, ties: 400 }; // that a frame adds; a name has words to be drawn
const margin = 40; // pixels around what is drawn
const closest = 1.3;
/** Where the window is too small for all of it to be read, what has most ties stands in its middle. */
const farthest = (cy: Core) => (cy.width() > 600 ? 0.52 : 0.65);

/** Points the window at where names will stand, as it does at the end of a small network. Of a large one each name is drawn once for
 *  the zoom, a slice of them a frame; were the zoom found last, all of them would be drawn anew in one frame. */
function aim(cy: Core, names: WhoFragment[], ties: Tie[], positions: Done["positions"]) {
  const degrees = new Map<string, number>();
  for (const { from, to } of ties) for (const { id } of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const origin = { x: 0, y: 0 };
  const [least, most] = [
    { x: Infinity, y: Infinity },
    { x: -Infinity, y: -Infinity },
  ];
  let hub = { degree: -1, at: origin };
  for (const { id } of names) {
    const at = positions[id] ?? origin;
    for (const axis of ["x", "y"] as const) {
      least[axis] = Math.min(least[axis], at[axis]);
      most[axis] = Math.max(most[axis], at[axis]);
    }
    const degree = degrees.get(id) ?? 0;
    if (degree > hub.degree) hub = { degree, at };
  }
  const fits = Math.min((cy.width() - 2 * margin) / (most.x - least.x), (cy.height() - 2 * margin) / (most.y - least.y), closest);
  const all = fits >= farthest(cy);
  const zoom = all ? fits : farthest(cy);
  const middle = all ? { x: (least.x + most.x) / 2, y: (least.y + most.y) / 2 } : hub.at;
  cy.viewport({ zoom, pan: { x: cy.width() / 2 - middle.x * zoom, y: cy.height() / 2 - middle.y * zoom } });
}

/** Silences the labels that would cover others: names are placed first, those with most ties before the others, then what ties say. Of a large network, of which
 *  few names are in the window at once, none are. */
function hush(cy: Core) {
  cy.elements(".silent").removeClass("silent");
  if (cy.edges().length > mostCurves) return;
  const names = cy.nodes().map((node) => ({ id: node.id(), weight: node.degree(false), boxes: [written(node)] }));
  const ties = cy.edges("[!quiet]").map((edge) => {
    const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    return {
      id: edge.id(),
      weight: Number(edge.data("width")),
      boxes: turned(written(edge), { x: to.x - from.x, y: to.y - from.y }),
    };
  });
  const silent = covered(names, ties);
  cy.batch(() =>
    cy
      .elements()
      .filter((one) => silent.has(one.id()))
      .addClass("silent"),
  );
}

const labelsAlone = {
  includeNodes: false,
  includeEdges: false,
  includeLabels: true,
  includeOverlays: false,
  includeUnderlays: false,
} as const;

/** The words of a label alone: what is around them, its outline and more, may meet. */
function written(one: NodeSingular | EdgeSingular): Box {
  const { x1, y1, x2, y2 } = one.boundingBox(labelsAlone);
  const around = 4;
  return { x1: x1 + around, y1: y1 + around, x2: x2 - around, y2: y2 - around };
}

/** Does work for each item in turns so short that the page answers between them. False when it is not to be ended, for another came. */
async function sliced<T>(cy: Core, items: readonly T[], most: number, still: () => boolean, work: (item: T) => void): Promise<boolean> {
  for (let at = 0; at < items.length; at += most) {
    // A frame is drawn before what comes next, unless the page is not seen.
    if (at > 0) await new Promise((go) => (document.hidden ? setTimeout(go) : requestAnimationFrame(() => setTimeout(go))));
    if (!still()) return false;
    cy.batch(() => items.slice(at, at + most).forEach(work));
  }
  return true;
}

function Canvas({
  names,
  ties,
  graph,
  onTie,
  onName,
  onExpand,
}: {
  names: WhoFragment[];
  ties: Tie[];
  graph: Graph;
  onTie: (tie: Tie) => void;
  onName: (name: WhoFragment) => void;
  onExpand: (id: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const core = useRef<Core>(null);
  const worker = useRef<Worker>(null);
  const turn = useRef(0);
  const wanted = useRef({ names, ties, graph });
  const on = useRef({ onTie, onName, onExpand });
  on.current = { onTie, onName, onExpand };

  useEffect(() => {
    if (!box.current) return;
    const cy = cytoscape({
      container: box.current,
      style: sheet(),
      minZoom: 0.1,
      maxZoom: 3,
      hideEdgesOnViewport: false,
      layout: { name: "preset" },
    });
    core.current = cy;
    cy.on("tap", "edge", ({ target }) => on.current.onTie(target.data("tie")));
    cy.on("tap", "node", ({ target }) => on.current.onName(target.data("name")));
    cy.on("dbltap", "node", ({ target }) => on.current.onExpand(target.id()));
    cy.on("mouseover", "edge", ({ target }) => target.addClass("pointed"));
    cy.on("mouseout", "edge", ({ target }) => target.removeClass("pointed"));
    cy.on("mouseover", "node", ({ target }) => target.closedNeighborhood("edge").union(target).addClass("pointed"));
    cy.on("mouseout", "node", ({ target }) => target.closedNeighborhood("edge").union(target).removeClass("pointed"));
    cy.on("dragfree", "node", ({ target }) => {
      target.scratch("_pinned", true);
      hush(cy);
    });
    let grown = 1;
    const restyle = () => {
      cy.style(sheet(grown));
      hush(cy);
    };
    const media = matchMedia("(prefers-color-scheme: dark)");
    media.addEventListener("change", restyle);
    window.addEventListener("newsgraph:theme", restyle);
    const layout = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.current = layout;
    layout.onmessage = async ({ data }: MessageEvent<Done>) => {
      const { names, ties, graph } = wanted.current;
      const still = () => data.turn === turn.current && !cy.destroyed();
      if (!still()) return;
      const thin = ties.length > mostCurves;
      // Of so many the names alone are moved; when they stand, the ties are drawn again. Known to the renderer alone.
      Object.assign((cy as unknown as { renderer(): object }).renderer(), { hideEdgesOnViewport: thin });
      const ids = new Set([...names.map((name) => name.id), ...ties.map((tie) => tie.id)]);
      if (thin) aim(cy, names, ties, data.positions);
      const gone = cy.elements().filter((element) => !ids.has(element.id()));
      const done =
        (await sliced(cy, gone.toArray(), slice.ties, still, (element) => element.remove())) &&
        (await sliced(cy, names, slice.names, still, (name) => {
          const called = name.name + (graph.expanded[name.id]?.more ? " …" : "");
          const position = data.positions[name.id] ?? { x: 0, y: 0 };
          const known = cy.getElementById(name.id);
          if (known.nonempty()) known.data("label", called).position(position);
          else cy.add({ data: { id: name.id, label: called, kind: name.kind, name }, position });
        })) &&
        (await sliced(cy, ties, slice.ties, still, (tie) => {
          const data = {
            id: tie.id,
            source: tie.from.id,
            target: tie.to.id,
            label: label(tie),
            quad: quadOf(tie),
            claim: isClaim(tie),
            quiet: ties.length > mostLabels,
            thin,
            width: Math.min(6, 1.5 + Math.log2(count(tie))),
            tie,
          };
          const known = cy.getElementById(tie.id);
          if (known.nonempty()) known.data(data);
          else cy.add({ data });
        }));
      if (!done) return;
      if (!thin) {
        cy.fit(undefined, margin);
        if (cy.zoom() > closest) {
          cy.zoom(closest);
          cy.center();
        }
        if (cy.zoom() < farthest(cy)) {
          cy.zoom(farthest(cy));
          cy.center(cy.nodes().max((node) => node.degree(false)).ele);
        }
      }
      // What is fitted small is still to be read: names are as large as on the page, up to where they would hide each other.
      const was = grown;
      grown = thin ? 1 : Math.min(1.6, Math.max(1, 1 / cy.zoom()));
      if (grown !== was) restyle();
      else hush(cy);
      if (names.length > 0) box.current?.setAttribute("data-laid", String(names.length));
    };
    return () => {
      media.removeEventListener("change", restyle);
      window.removeEventListener("newsgraph:theme", restyle);
      layout.terminate();
      cy.destroy();
    };
  }, []);

  useEffect(() => {
    const cy = core.current;
    if (!cy) return;
    wanted.current = { names, ties, graph };
    turn.current++;
    // Beside a neighbour that is there already, so that what was seen stays where it was; else on a spiral, the same each time.
    const beside = new Map<string, { x: number; y: number }>();
    for (const { from, to } of ties)
      for (const [one, other] of [
        [from.id, to.id],
        [to.id, from.id],
      ] as const) {
        const there = cy.getElementById(other);
        if (!beside.has(one) && there.nonempty()) beside.set(one, there.position());
      }
    const order: Order = {
      turn: turn.current,
      nodes: names.map(({ id }, at) => {
        const known = cy.getElementById(id);
        if (known.nonempty()) return { id, ...known.position(), fixed: known.scratch("_pinned") === true };
        const middle = beside.get(id);
        const [angle, far] = [at * 2.4, middle ? 60 : 30 * Math.sqrt(at + 1)];
        return { id, x: (middle?.x ?? 0) + far * Math.cos(angle), y: (middle?.y ?? 0) + far * Math.sin(angle), fixed: false };
      }),
      edges: ties.map((tie) => [tie.from.id, tie.to.id]),
    };
    worker.current?.postMessage(order);
  }, [names, ties, graph]);

  const zoom = (by: number) =>
    core.current?.zoom({
      level: core.current.zoom() * by,
      renderedPosition: { x: (box.current?.clientWidth ?? 0) / 2, y: (box.current?.clientHeight ?? 0) / 2 },
    });
  const png = () => {
    const cy = core.current;
    if (!cy) return;
    // Of a large network less than twice its size, for browsers draw no larger canvas.
    const { w, h } = cy.elements().boundingBox();
    const scale = Math.min(2, 8000 / Math.max(w, h, 1));
    save("newsgraph-network.png", "image/png", cy.png({ output: "blob", full: true, scale, bg: ground[theme()] }) as unknown as Blob);
  };
  const vector = () => {
    const cy = core.current;
    if (!cy) return;
    const shade = theme();
    const picture = svg({
      ground: ground[shade],
      ink: ink[shade],
      nodes: cy.nodes().map((node) => {
        const name = node.data("name") as WhoFragment;
        return {
          ...node.position(),
          label: node.data("label"),
          name: name.name,
          icon: kinds[name.kind].icon,
          colour: kinds[name.kind].colour[shade],
        };
      }),
      edges: cy.edges().map((edge) => {
        const tie = edge.data("tie") as Tie;
        const [from, to] = [edge.source().position(), edge.target().position()];
        // Cytoscape tells a line's middle, through which the curve goes.
        const middle = edge.midpoint();
        const bend = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
        return {
          from,
          to,
          bend,
          label: label(tie),
          title: `${tie.from.name} ${tie.deeds.map((deed) => deed.past).join(", ")} ${tie.to.name}${isClaim(tie) ? `, says ${list(tie.by)}` : ""}`,
          colour: quad(quadOf(tie)).colour[shade],
          filled: quad(quadOf(tie)).filled,
          claim: isClaim(tie),
          width: edge.data("width") as number,
        };
      }),
    });
    save("newsgraph-network.svg", "image/svg+xml", picture);
  };
  return (
    <div className="canvas">
      <div
        ref={box}
        role="img"
        aria-label={`A network of ${many(names.length, "name")} and ${many(ties.length, "tie")}; the table beside it holds the same`}
      />
      <p className="tools">
        <button type="button" aria-label="Closer" onClick={() => zoom(1.4)}>
          +
        </button>
        <button type="button" aria-label="Farther" onClick={() => zoom(1 / 1.4)}>
          −
        </button>
        <button type="button" onClick={() => core.current?.fit(undefined, 40)}>
          All
        </button>
        <button type="button" onClick={png}>
          PNG
        </button>
        <button type="button" onClick={vector}>
          SVG
        </button>
        <button type="button" onClick={() => save("newsgraph-network.graphml", "application/graphml+xml", ofTies(names, ties))}>
          GraphML
        </button>
      </p>
    </div>
  );
}
