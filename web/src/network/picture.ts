// The network as SVG: what the canvas shows, written out.
import { text } from "../keep/xml";

export interface Point {
  x: number;
  y: number;
}

export interface Picture {
  nodes: (Point & { label: string; colour: string; icon: string; name: string })[];
  edges: {
    from: Point;
    to: Point;
    bend: Point;
    label: string;
    colour: string;
    claim: boolean;
    width: number;
    title: string;
    filled: boolean;
  }[];
  ground: string;
  ink: string;
}

export const n = (value: number) => String(Math.round(value * 10) / 10);
/** Keeps words legible on what they stand on. */
export const halo = (ground: string) => `paint-order="stroke" stroke="${ground}" stroke-width="3" stroke-linejoin="round"`;

export function svg({ nodes, edges, ground, ink }: Picture): string {
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const margin = 90;
  const [left, top] = [Math.min(0, ...xs) - margin, Math.min(0, ...ys) - margin];
  const [width, height] = [Math.max(0, ...xs) - left + margin, Math.max(0, ...ys) - top + margin];
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(left)} ${n(top)} ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" font-family="system-ui, sans-serif" fill="${ink}" text-anchor="middle">`,
    `<rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" fill="${ground}"/>`,
  ];
  for (const edge of edges) {
    const { from, to, bend } = edge;
    // The arrow ends where the shape of the name begins.
    const far = Math.hypot(to.x - bend.x, to.y - bend.y) || 1;
    const [ux, uy] = [(to.x - bend.x) / far, (to.y - bend.y) / far];
    const tip = { x: to.x - ux * 11, y: to.y - uy * 11 };
    const back = { x: tip.x - ux * 9, y: tip.y - uy * 9 };
    const dash = edge.claim ? ' stroke-dasharray="6 4"' : "";
    out.push(
      `<g><title>${text(edge.title)}</title>`,
      `<path d="M${n(from.x)} ${n(from.y)}Q${n(bend.x)} ${n(bend.y)} ${n(back.x)} ${n(back.y)}" fill="none" stroke="${edge.colour}" stroke-width="${n(edge.width)}"${dash}/>`,
      `<path d="M${n(tip.x)} ${n(tip.y)}L${n(back.x - uy * 4)} ${n(back.y + ux * 4)}L${n(back.x + uy * 4)} ${n(back.y - ux * 4)}Z" fill="${edge.filled ? edge.colour : ground}" stroke="${edge.colour}"/></g>`,
    );
  }
  for (const { x, y, icon, colour, name } of nodes)
    out.push(
      `<g transform="translate(${n(x - 10)} ${n(y - 10)}) scale(1.25)" fill="${colour}"><title>${text(name)}</title><path d="${icon}"/></g>`,
    );
  for (const edge of edges) {
    const at = { x: (edge.from.x + 2 * edge.bend.x + edge.to.x) / 4, y: (edge.from.y + 2 * edge.bend.y + edge.to.y) / 4 };
    let angle = (Math.atan2(edge.to.y - edge.from.y, edge.to.x - edge.from.x) * 180) / Math.PI;
    if (Math.abs(angle) > 90) angle += 180;
    out.push(
      `<text transform="translate(${n(at.x)} ${n(at.y)}) rotate(${n(angle)})" dy="-2" font-size="10" ${halo(ground)}>${text(edge.label)}</text>`,
    );
  }
  for (const { x, y, label } of nodes) out.push(`<text x="${n(x)}" y="${n(y + 22)}" font-size="12" ${halo(ground)}>${text(label)}</text>`);
  return `${out.join("\n")}\n</svg>\n`;
}
