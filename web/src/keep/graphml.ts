// GraphML 1.0, as Gephi, yEd and NetworkX read it.
import type { EventRowFragment, WhoFragment } from "../api/gen/documents";
import { text } from "./xml";

type Value = string | number | boolean;

export interface Node {
  id: string;
  data: Record<string, Value | null>;
}

export interface Edge {
  from: string;
  to: string;
  data: Record<string, Value | null>;
}

const type = (value: Value) => (typeof value === "string" ? "string" : typeof value === "number" ? "int" : "boolean");

/** A directed graph. What is null or empty is left out; a name has one type throughout. */
export function graphml(nodes: Node[], edges: Edge[]): string {
  const keys = new Map<string, string>();
  const data = (of: "node" | "edge", all: Record<string, Value | null>) =>
    Object.entries(all)
      .map(([name, value]) => {
        if (value === null || value === "") return "";
        keys.set(`${of} ${name}`, type(value));
        return `<data key="${of[0]}.${name}">${text(String(value))}</data>`;
      })
      .join("");
  const body = [
    ...nodes.map((node) => `<node id="${text(node.id)}">${data("node", node.data)}</node>`),
    ...edges.map((one, at) => `<edge id="e${at}" source="${text(one.from)}" target="${text(one.to)}">${data("edge", one.data)}</edge>`),
  ];
  const heads = [...keys].map(([key, of]) => {
    const [what = "", name = ""] = key.split(" ");
    return `<key id="${what[0]}.${name}" for="${what}" attr.name="${name}" attr.type="${of}"/>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...heads,
    '<graph edgedefault="directed">',
    ...body,
    "</graph>",
    "</graphml>\n",
  ].join("\n");
}

export const named = ({ id, kind, name }: WhoFragment): Node => ({ id, data: { label: name, kind } });

/** Events and those who take part, as Neo4j's layout has them: an event is a node, and each edge a role. */
export function ofRows(rows: EventRowFragment[]): string {
  const nodes = new Map<string, Node>();
  const edges: Edge[] = [];
  for (const event of rows) {
    const { id, title, type, action, quadClass, modality, claim, background, texts, when } = event;
    const { from, to, precision, text: words } = when;
    const data = {
      label: title,
      kind: "EVENT",
      type,
      action,
      quadClass,
      modality,
      claim,
      background,
      texts,
      from,
      to,
      precision,
      when: words,
    };
    nodes.set(id, { id, data: data as Node["data"] });
    const roles = {
      SOURCE: event.sources,
      TARGET: event.targets,
      INSTRUMENT: event.instruments,
      PLACE: event.places,
      CLAIMED_BY: event.claimedBy,
    };
    for (const [role, all] of Object.entries(roles))
      for (const one of all) {
        if (!nodes.has(one.id)) nodes.set(one.id, named(one));
        edges.push({ from: id, to: one.id, data: { label: role } });
      }
  }
  return graphml([...nodes.values()], edges);
}
