// `npm run release -- 1.2.0` makes the present schema that of the release: schema/released.graphql, and in schema/CHANGELOG.md what
// stands under Next becomes what the release says.
import { readFileSync, writeFileSync } from "node:fs";
import { announced, breaking, changelog, next, released, snapshot } from "./released.mjs";
import { print, written } from "./schema.mjs";

const version = process.argv[2];
if (!/^\d+\.\d+\.\d+$/.test(version ?? "")) {
  console.error("which release? npm run release -- 1.2.0");
  process.exit(2);
}
const present = written();
const known = new Set(announced());
for (const { path, message } of await breaking(released(), present)) {
  if (known.has(path)) continue;
  console.error(`${message}: announce it in schema/CHANGELOG.md, "- \`${path}\`: why, and what to ask instead", or take it back`);
  process.exitCode = 1;
}
if (!process.exitCode) {
  const text = readFileSync(changelog, "utf8");
  writeFileSync(changelog, text.replace(`${next}\n`, `${next}\n\n## ${version}\n`));
  writeFileSync(snapshot, print(present));
}
