import type { Question } from "../ask/question";
import type { Cell, Months } from "./events";

export interface Bucket {
  /** 2024-01 or 2024: what a question's dates take. */
  name: string;
  count: number;
  /** How many facts of each quad class, 0 for none. */
  by: [number, number, number, number, number];
  claims: number;
}

export interface Buckets {
  unit: "month" | "year";
  buckets: Bucket[];
  /** Told less exactly than that, or not at all. */
  vague: number;
  /** The API counts no more cells at once: the emptiest are left out. */
  more: boolean;
}

const mostMonths = 60;

/** Facts by month and class with the claims beside them or, over more than five years, by year; empty ones between are there too. */
export function buckets(all: Months, only: Question["claims"] = ""): Buckets {
  const none = { cells: [], total: 0, more: false };
  const months = {
    ...all,
    ...(only === "only" && { months: none, years: none }),
    ...(only === "facts" && { claimedMonths: none, claimedYears: none }),
  };
  const span = [...months.months.cells, ...months.claimedMonths.cells].flatMap((cell) => cell.keys[0]?.value ?? []).map(index);
  const long = months.months.more || months.claimedMonths.more || Math.max(...span) - Math.min(...span) >= mostMonths;
  const [facts, claims, unit] = long
    ? ([months.years, months.claimedYears, "year"] as const)
    : ([months.months, months.claimedMonths, "month"] as const);
  const size = unit === "month" ? 1 : 12;
  const found = [...facts.cells, ...claims.cells]
    .flatMap((cell) => cell.keys[0]?.value ?? [])
    .map((value) => Math.floor(index(value) / size));
  const first = Math.min(...found);
  const out: Bucket[] = [];
  for (let at = first; at <= Math.max(...found); at++) {
    const name = unit === "year" ? String(at) : `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
    out.push({ name, count: 0, by: [0, 0, 0, 0, 0], claims: 0 });
  }
  let vague = 0;
  const add = (cell: Cell, to: (bucket: Bucket) => void) => {
    const value = cell.keys[0]?.value;
    if (!value) {
      vague += cell.count;
      return;
    }
    const bucket = out[Math.floor(index(value) / size) - first] as Bucket;
    bucket.count += cell.count;
    to(bucket);
  };
  for (const cell of facts.cells)
    add(cell, (bucket) => {
      bucket.by[Number(cell.keys[1]?.value ?? 0) as 0] += cell.count;
    });
  for (const cell of claims.cells)
    add(cell, (bucket) => {
      bucket.claims += cell.count;
    });
  return { unit, buckets: out, vague, more: facts.more || claims.more };
}

/** Months since the year 0; of a year, its first. */
function index(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7) || 1) - 1;
}
