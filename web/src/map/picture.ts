// The map as SVG: what the window shows, written out.
import { text } from "../keep/xml";
import { halo, n } from "../network/picture";
import type { Outlines } from "./outlines";
import type { Camera, Size } from "./projection";
import { type Cluster, called, events } from "./spots";

export interface Colours {
  sea: string;
  land: string;
  line: string;
  spot: string;
  ink: string;
}

export function svg(outlines: Outlines, clusters: Cluster[], camera: Camera, { width, height }: Size, colours: Colours): string {
  const { scale } = camera;
  const move = `translate(${n(width / 2 - camera.x * scale)} ${n(height / 2 - camera.y * scale)}) scale(${scale})`;
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.ink}">`,
    `<rect width="${n(width)}" height="${n(height)}" fill="${colours.sea}"/>`,
    `<g transform="${move}"><path d="${outlines.land}" fill="${colours.land}"/><path d="${outlines.lines}" fill="none" stroke="${colours.line}" stroke-width="${0.8 / scale}"/></g>`,
  ];
  for (const one of clusters) {
    const dash = one.facts ? "" : ' stroke-dasharray="5 3"';
    const names = one.spots.map((spot) => `${spot.name} ${events(spot)}`).join(", ");
    out.push(
      `<g><title>${text(names)}</title><circle cx="${n(one.x)}" cy="${n(one.y)}" r="${n(one.radius)}" fill="${colours.sea}" fill-opacity="0.9" stroke="${colours.spot}" stroke-width="2"${dash}/>`,
      `<text x="${n(one.x)}" y="${n(one.y + 4)}" text-anchor="middle">${events(one)}</text></g>`,
    );
    if (!one.side) continue;
    const [x, anchor] = one.side === "right" ? [one.x + one.radius + 4, "start"] : [one.x - one.radius - 4, "end"];
    out.push(`<text x="${n(x)}" y="${n(one.y + 4)}" text-anchor="${anchor}" ${halo(colours.sea)}>${text(called(one))}</text>`);
  }
  return `${out.join("\n")}\n</svg>\n`;
}
