// A story's text in paragraphs, each with where it begins. Offsets count code points, as the API's do.

export interface Paragraph {
  begin: number;
  end: number;
  text: string;
}

export function paragraphs(text: string): Paragraph[] {
  const out: Paragraph[] = [];
  let at = 0;
  for (const part of text.split(/(\n\s*\n|\n)/)) {
    const length = Array.from(part).length;
    if (part.trim()) out.push({ begin: at, end: at + length, text: part });
    at += length;
  }
  return out;
}
