// What changed between two texts, word by word: Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).

export interface Change {
  /** Where the words stand: in both texts, in the former alone, in the later alone. */
  in: "both" | "former" | "later";
  text: string;
}

// Texts that differ in more words than this are two texts: the steps of the search grow with its square.
const mostSteps = 2000;

const words = (text: string) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/** The words of two texts in order. The former's words, joined, are the former text, and the later's the later one. */
export function diff(former: string, later: string): Change[] {
  const a = words(former);
  const b = words(later);
  const changes: Change[] = [];
  const put = (where: Change["in"], text: string) => {
    const last = changes.at(-1);
    if (last?.in === where) last.text += text;
    else if (text) changes.push({ in: where, text });
  };
  // far holds for each diagonal, which is counted from -d, how far down a it has come; before[d] what it was before step d.
  const far = new Int32Array(2 * mostSteps + 3).fill(-1);
  const middle = mostSteps + 1;
  far[middle + 1] = 0;
  const before: Int32Array[] = [];
  const at = (of: Int32Array, zero: number, k: number) => of[zero + k] ?? -1;
  const down = (of: Int32Array, zero: number, d: number, k: number) => k === -d || (k !== d && at(of, zero, k - 1) < at(of, zero, k + 1));
  search: for (let d = 0; ; d++) {
    if (d > mostSteps) return [{ in: "former", text: former } as const, { in: "later", text: later } as const].filter((one) => one.text);
    before.push(far.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      let x = down(far, middle, d, k) ? at(far, middle, k + 1) : at(far, middle, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      far[middle + k] = x;
      if (x >= a.length && x - k >= b.length) break search;
    }
  }
  // Back along the way that was found.
  const steps: Change[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = before.length - 1; d >= 0; d--) {
    const of = before[d] as Int32Array;
    const k = x - y;
    const from = down(of, d + 1, d, k) ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(of, d + 1, from);
    const fromY = d === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      steps.push({ in: "both", text: a[--x] as string });
      y--;
    }
    if (d > 0) steps.push(x > fromX ? { in: "former", text: a[--x] as string } : { in: "later", text: b[--y] as string });
  }
  for (const step of steps.reverse()) put(step.in, step.text);
  return changes;
}
