import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { client, growing } from "../urql/client";
import { newsgraph, serving } from "./server.mjs";

let dir: string;
let server: Awaited<ReturnType<typeof serving>>;

// Deeds of 24 days of 2024, each in a story of its own.
const months = ["January", "February", "March", "April", "May", "June"];
const day = (n: number) => ({ month: n % 6, day: n + 1 });
const date = (n: number) => `2024-0${day(n).month + 1}-${String(day(n).day).padStart(2, "0")}`;
function story(n: number, who: string): string {
  const path = join(dir, `${who}-${n}.txt`);
  const when = `${day(n).day} ${months[day(n).month]} 2024`;
  writeFileSync(path, `${who} condemned Peru on ${when} for its raid on a fishing boat, its foreign ministry said.\n`);
  return path;
}
const load = (paths: string[]) => newsgraph("load", "--store", store(), "--published", "2024-07-01", ...paths);
const store = () => `sqlite:${join(dir, "graph.db")}`;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "newsgraph-"));
  await load(Array.from({ length: 24 }, (_, n) => story(n, "Chile")));
  server = await serving("serve", "--store", store());
});
afterAll(async () => {
  await server?.stop();
  rmSync(dir, { recursive: true });
});

// The cache says with a warning what it cannot keep under an id.
let warned: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warned = vi.spyOn(console, "warn");
});
afterEach(() => {
  expect(warned).not.toHaveBeenCalled();
});

async function all(first: number) {
  let events: { id: string; from: string | null }[] = [];
  for await (const { edges } of growing(client(server.url), { filter: { action: ["condemn"] }, first })) {
    events = edges.map(({ node }) => ({ id: node.id, from: node.when.from }));
  }
  return events;
}

test("the pages of a list are joined, in the order of the list", async () => {
  const events = await all(5);
  expect(events).toHaveLength(24);
  expect(events).toEqual(await all(100));
});

test("who goes on by cursor while stories load loses no event and sees none twice", async () => {
  const before = await all(100);
  let seen: typeof before = [];
  let pages = 0;
  let came = 0;
  let loading = Promise.resolve("");
  const due = new Set<string>(); // The days of what came behind the cursor.
  for await (const { edges } of growing(client(server.url), { filter: { action: ["condemn"] }, first: 3 })) {
    seen = edges.map(({ node }) => ({ id: node.id, from: node.when.from }));
    pages++;
    await loading;
    for (let n = Math.max(0, came - 4); n < came; n++) {
      if (date(n) < seen.at(-1)!.from!) due.add(date(n));
    }
    if (came < 24) {
      loading = load([0, 1, 2, 3].map((n) => story(came + n, "Bolivia")));
      came += 4;
    }
  }
  const after = await all(100);
  expect(after).toHaveLength(48);
  expect(pages).toBeGreaterThan(8);
  expect(due.size).toBeGreaterThan(2);

  const ids = seen.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
  for (const day of due) {
    expect(
      seen.filter(({ from }) => from === day),
      day,
    ).toHaveLength(2);
  }
  // And in the order of the list.
  expect(after.filter(({ id }) => ids.includes(id))).toEqual(seen);
});
