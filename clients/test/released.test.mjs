import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { buildSchema } from "graphql";
import { announced, breaking, changelog, folder, released, snapshot } from "../released.mjs";
import { print, written } from "../schema.mjs";

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

test("a release renews the snapshot, if what breaks is announced", async () => {
  const copy = mkdtempSync(join(tmpdir(), "newsgraph-"));
  try {
    cpSync(folder, copy, { recursive: true });
    const schema = pathToFileURL(`${copy}/`);
    const release = (...args) => spawnSync("node", ["release.mjs", ...args, copy], { encoding: "utf8" });
    writeFileSync(changelog(schema), "# Changes\n\n## Next\n");
    writeFileSync(snapshot(schema), print(written(schema)));
    const file = new URL("event.graphqls", schema);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("  title: String!\n", "  line: String!\n"));

    const refused = release("1.2.0");
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /- `Event\.title`: why/);
    appendFileSync(changelog(schema), "\n- `Event.title`: is now `line`.\n");
    assert.equal(release("next").status, 2);
    assert.equal(release("1.2.0").status, 0);
    assert.deepEqual(await breaking(released(schema), written(schema)), []);
    const log = readFileSync(changelog(schema), "utf8");
    assert.deepEqual(announced(log), []);
    assert.match(log, /## Next\n\n## 1\.2\.0\n\n- `Event\.title`: is now `line`\.\n$/);
    assert.equal(release("1.2.0").status, 2, "a second time");
  } finally {
    rmSync(copy, { recursive: true });
  }
});
