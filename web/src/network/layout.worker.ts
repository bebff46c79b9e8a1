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

const apart = 130; // pixels at zoom 1

// All of the work at once, and one answer: nothing moves on the page until the places are found.
self.onmessage = ({ data }: MessageEvent<Order>) => {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const { id, x, y, fixed } of data.nodes) graph.addNode(id, { x, y, fixed });
  for (const [a, b] of data.edges) if (a !== b && graph.hasNode(a) && graph.hasNode(b)) graph.mergeEdge(a, b);
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
  self.postMessage({ turn: data.turn, positions } satisfies Done);
};
