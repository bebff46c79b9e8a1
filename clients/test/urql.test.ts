import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { client, growing } from "../urql/client";
import { newsgraph, serving } from "./server.mjs";

let dir: string;
let server: Awaited<ReturnType<typeof serving>>;

// A story of one deed on a day of 2024, by the month.
const month = (n: number) => ["January", "February", "March", "April", "May", "June"][n];
function story(n: number, who: string): string {
  const path = join(dir, `${who.replace(" ", "-")}-${n}.txt`.toLowerCase());
  const day = `${(n % 27) + 1}`;
  writeFileSync(path, `${who} condemned Peru on ${day} ${month(n % 6)} 2024 for its raid on a fishing boat, its foreign ministry said.\n`);
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
  let seen: { id: string; from: string | null }[] = [];
  let came = 0;
  const cursors: number[] = [];
  for await (const { edges } of growing(client(server.url), { filter: { action: ["condemn"] }, first: 3 })) {
    seen = edges.map(({ node }) => ({ id: node.id, from: node.when.from }));
    cursors.push(seen.length);
    if (came < 24) {
      await load([0, 1, 2, 3].map((n) => story(came + n, "Bolivia")));
      came += 4;
    }
  }
  const after = await all(100);
  expect(after).toHaveLength(48);
  expect(cursors.length).toBeGreaterThan(8);

  const ids = seen.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
  expect(seen.length).toBeGreaterThan(before.length);
  // What is seen is part of what is there, in its order: what came before the cursor of its time is all that is left out.
  expect(after.filter(({ id }) => ids.includes(id))).toEqual(seen);
  const last = seen.at(-1)!.from!;
  expect(after.at(-1)!.from).toBe(last);
});
