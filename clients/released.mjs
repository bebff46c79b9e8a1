// What changed in the schema since the last release, and which of it schema/CHANGELOG.md announces.
import { readFileSync } from "node:fs";
import { diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

export const folder = new URL("../schema/", import.meta.url);
export const snapshot = (schema = folder) => new URL("released.graphql", schema);
export const changelog = (schema = folder) => new URL("CHANGELOG.md", schema);
export const next = "## Next";

// The schema of the last release.
export const released = (schema = folder) => buildSchema(readFileSync(snapshot(schema), "utf8"));

// The lines `- path: why` under Next, as paths.
export function announced(text = readFileSync(changelog(), "utf8")) {
  const [, after] = text.split(`${next}\n`);
  if (after === undefined) throw new Error(`schema/CHANGELOG.md has no line "${next}"`);
  return [...after.split("\n## ")[0].matchAll(/^- `([^`]+)`: \S/gm)].map(([, path]) => path);
}

// What clients of the former schema cannot do with the present one, each by its path, `Event.title`.
export async function breaking(former, present) {
  const changes = await diff(former, present);
  return changes.filter(({ criticality }) => criticality.level === "BREAKING").map(({ path, message }) => ({ path, message }));
}
