import type { Day } from "./events";

export interface Bucket {
  /** 2024-01 or 2024: what a question's dates take. */
  name: string;
  count: number;
  /** How many of each quad class, 0 for none. */
  by: [number, number, number, number, number];
}

export interface Buckets {
  unit: "month" | "year";
  buckets: Bucket[];
  /** Told only to the year, so of no month. */
  vague: number;
}

const mostMonths = 60;

/** Events by the month or, over more than five years, by the year in which they begin; empty ones between are there too. */
export function buckets(days: Day[]): Buckets {
  const dated = days.filter((day) => /^\d{4}-\d\d/.test(day.when.from ?? ""));
  if (dated.length === 0) return { unit: "month", buckets: [], vague: 0 };
  const froms = dated.map((day) => day.when.from as string).sort();
  const index = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
  const first = index(froms[0] as string);
  const last = index(froms.at(-1) as string);
  const unit = last - first < mostMonths ? "month" : "year";
  const size = unit === "month" ? 1 : 12;
  const out: Bucket[] = [];
  for (let at = Math.floor(first / size); at <= Math.floor(last / size); at++) {
    const name = unit === "year" ? String(at) : `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
    out.push({ name, count: 0, by: [0, 0, 0, 0, 0] });
  }
  let vague = 0;
  for (const day of dated) {
    // A year is not its January.
    if (unit === "month" && day.when.precision === "YEAR") {
      vague++;
      continue;
    }
    const bucket = out[Math.floor(index(day.when.from as string) / size) - Math.floor(first / size)] as Bucket;
    bucket.count++;
    bucket.by[(day.quadClass ?? 0) as 0]++;
  }
  return { unit, buckets: out, vague };
}
