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

// All of the work at once, and one answer: nothing moves on the page until the places are found.
self.onmessage = ({ data }: MessageEvent<Order>) => {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const { id, x, y, fixed } of data.nodes) graph.addNode(id, { x, y, fixed });
  for (const [a, b] of data.edges) if (a !== b && graph.hasNode(a) && graph.hasNode(b)) graph.mergeEdge(a, b);
  const iterations = graph.order > 1000 ? 120 : 400;
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    gravity: 1.5,
    scalingRatio: 12,
    strongGravityMode: false,
    barnesHutOptimize: graph.order > 300,
  };
  const positions = graph.order > 0 ? forceAtlas2(graph, { iterations, settings }) : {};
  self.postMessage({ turn: data.turn, positions } satisfies Done);
};
