// The heat map as SVG: what the page shows, written out.
import type { Picture } from "../keep/pictures";
import { text } from "../keep/xml";
import type { fields } from "./heat";

const cell = 34; // pixels
const letter = 7.5; // pixels, at most, of most letters

export function picture(heat: ReturnType<typeof fields>, colours: { ground: string; ink: string; line: string; heat: string }): Picture {
  const long = (names: { name: string }[]) => Math.max(0, ...names.map(({ name }) => name.length)) * letter + 16;
  const [left, top] = [long(heat.from), long(heat.to)];
  const [width, height] = [left + cell * heat.to.length + 8, top + cell * heat.from.length + 8];
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="${colours.ink}">`,
    `<rect width="${width}" height="${height}" fill="${colours.ground}"/>`,
  ];
  for (const [column, to] of heat.to.entries())
    out.push(`<text transform="translate(${left + cell * (column + 0.5) + 4} ${top - 8}) rotate(-90)">${text(to.name)}</text>`);
  for (const [row, from] of heat.from.entries()) {
    const y = top + cell * row;
    out.push(`<text x="${left - 8}" y="${y + cell / 2 + 4}" text-anchor="end">${text(from.name)}</text>`);
    for (const [column, to] of heat.to.entries()) {
      const x = left + cell * column;
      const field = heat.at(from.id, to.id);
      out.push(`<rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="none" stroke="${colours.line}"/>`);
      if (!field) continue;
      const part = 0.15 + (0.6 * (field.facts + field.claims)) / heat.most;
      const dash = field.claims ? ` stroke="${colours.ink}" stroke-dasharray="4 3"` : "";
      out.push(
        `<rect x="${x + 1.5}" y="${y + 1.5}" width="${cell - 3}" height="${cell - 3}" fill="${colours.heat}" fill-opacity="${part.toFixed(2)}"${dash}/>`,
        `<text x="${x + cell / 2}" y="${y + cell / 2 + 4}" text-anchor="middle">${field.facts || ""}${field.claims ? `+${field.claims}` : ""}</text>`,
      );
    }
  }
  return { svg: `${out.join("\n")}\n</svg>\n`, width, height };
}
