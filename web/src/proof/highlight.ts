// Offsets of the API count code points, those of JavaScript UTF-16 units. Everything here counts code points.

export interface Mark {
  begin: number;
  end: number;
  kind: string;
  title: string;
}

export interface Piece {
  text: string;
  marks: Mark[];
}

/** Cuts text, whose first code point stands at offset, where marks begin and end. Marks outside of it do not count. */
export function pieces(text: string, offset: number, marks: Mark[]): Piece[] {
  const points = Array.from(text);
  const within = marks.filter((mark) => mark.begin < offset + points.length && mark.end > offset && mark.end > mark.begin);
  const cuts = new Set([0, points.length]);
  for (const mark of within) {
    cuts.add(Math.max(0, mark.begin - offset));
    cuts.add(Math.min(points.length, mark.end - offset));
  }
  const at = [...cuts].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const begin = at[i] as number;
    const end = at[i + 1] as number;
    out.push({
      text: points.slice(begin, end).join(""),
      marks: within.filter((mark) => mark.begin <= offset + begin && mark.end >= offset + end),
    });
  }
  return out;
}
