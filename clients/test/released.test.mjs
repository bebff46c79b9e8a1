import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSchema } from "graphql";
import { announced, breaking, released } from "../released.mjs";
import { written } from "../schema.mjs";

test("what breaks clients of the last release is announced, and nothing else is", async () => {
  const found = await breaking(released(), written());
  const paths = new Set(announced());
  const missing = found.filter(({ path }) => !paths.has(path));
  assert.deepEqual(missing, [], "announce each under Next in schema/CHANGELOG.md, or take it back");
  const stale = [...paths].filter((path) => !found.some((change) => change.path === path));
  assert.deepEqual(stale, [], "announced in schema/CHANGELOG.md, and breaks nothing");
});

test("a field that went is found by the path that announces it", async () => {
  const former = buildSchema("type Query { a(first: Int): D b: Int } enum D { X Y }");
  const present = buildSchema("type Query { a: D c: Int } enum D { X }");
  const paths = (await breaking(former, present)).map(({ path }) => path).sort();
  assert.deepEqual(paths, ["D.Y", "Query.a.first", "Query.b"]);
  const log = "## Next\n- `Query.b`: is now c.\n- `D.Y`:\n\n## 1.0.0\n- `Query.z`: went.\n";
  assert.deepEqual(announced(log), ["Query.b"]);
});
