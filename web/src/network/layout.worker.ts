import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface Order {
  turn: number;
  nodes: { id: string; x: number; y: number; fixed: boolean }[];
  edges: [string, string][];
}

export interface Done {
  turn: number;
  positions: Record<string, { x: number; y: number }>;
}

const wide = 120; // a name with its words
const high = 46;

type Positions = Record<string, { x: number; y: number }>;

/** Moves names apart that would hide each other's words, and those that a tie joins so far that its words fit between. */
function spread(graph: Graph, positions: Positions, fixed: ReadonlySet<string>, apart: number) {
  const ids = graph.nodes();
  const push = (a: string, b: string, dx: number, dy: number) => {
    const [p, q] = [positions[a], positions[b]];
    if (!p || !q) return;
    if (!fixed.has(a)) p.x -= dx / 2;
    if (!fixed.has(a)) p.y -= dy / 2;
    if (!fixed.has(b)) q.x += dx / 2;
    if (!fixed.has(b)) q.y += dy / 2;
  };
  for (let round = 0; round < 60; round++) {
    let moved = false;
    for (let i = 0; i < ids.length; i++)
      for (let j = i + 1; j < ids.length; j++) {
        const [a, b] = [ids[i] as string, ids[j] as string];
        const [p, q] = [positions[a], positions[b]];
        if (!p || !q) continue;
        const [dx, dy] = [q.x - p.x, q.y - p.y];
        const [x, y] = [wide - Math.abs(dx), high - Math.abs(dy)];
        if (x > 1 && y > 1) {
          moved = true;
          // The shorter way out, sideways or up and down.
          if (x < y) push(a, b, dx < 0 ? -x : x, 0);
          else push(a, b, 0, dy < 0 ? -y : y);
        }
        const far = Math.hypot(dx, dy);
        if (far < apart - 1 && graph.hasEdge(a, b)) {
          moved = true;
          const by = (apart - far) / (far || 1) / 2;
          push(a, b, (dx || 1) * by, dy * by);
        }
      }
    if (!moved) return;
  }
}

// All of the work at once, and one answer: nothing moves on the page until the places are found.
self.onmessage = ({ data }: MessageEvent<Order>) => {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const { id, x, y, fixed } of data.nodes) graph.addNode(id, { x, y, fixed });
  for (const [a, b] of data.edges) if (a !== b && graph.hasNode(a) && graph.hasNode(b)) graph.mergeEdge(a, b);
  // Pixels at zoom 1, between names that a tie joins: of few ties the words are read in full.
  const apart = graph.order <= 30 ? 180 : 130;
  const iterations = graph.order > 1000 ? 120 : 400;
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    gravity: 0.4,
    scalingRatio: 20,
    strongGravityMode: true,
    barnesHutOptimize: graph.order > 300,
  };
  const positions = graph.order > 0 ? forceAtlas2(graph, { iterations, settings }) : {};
  // So far apart that names and ties can be read: half of the ties at least this long.
  const lengths = graph.mapEdges((_edge, _attributes, a, b) =>
    Math.hypot((positions[a]?.x ?? 0) - (positions[b]?.x ?? 0), (positions[a]?.y ?? 0) - (positions[b]?.y ?? 0)),
  );
  const middle = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
  const scale = middle > 0 && middle < apart ? apart / middle : 1;
  for (const position of Object.values(positions)) {
    position.x *= scale;
    position.y *= scale;
  }
  if (graph.order <= 300) spread(graph, positions, new Set(data.nodes.filter((node) => node.fixed).map((node) => node.id)), apart);
  self.postMessage({ turn: data.turn, positions } satisfies Done);
};
