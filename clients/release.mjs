// `npm run release -- 1.2.0` makes the present schema that of the release: schema/released.graphql, and in schema/CHANGELOG.md what
// stands under Next becomes what the release says. A second argument names another folder than schema/.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { announced, breaking, changelog, folder, next, released, snapshot } from "./released.mjs";
import { print, written } from "./schema.mjs";

const [version, other] = process.argv.slice(2);
const schema = other ? pathToFileURL(`${other}/`) : folder;
const log = readFileSync(changelog(schema), "utf8");
const present = written(schema);

if (!/^\d+\.\d+\.\d+$/.test(version ?? "") || log.includes(`## ${version}\n`)) {
  console.error("which release, that CHANGELOG.md does not have yet? npm run release -- 1.2.0");
  process.exit(2);
}
const known = new Set(announced(log));
for (const { path, message } of await breaking(released(schema), present)) {
  if (known.has(path)) continue;
  console.error(`${message}: announce it in CHANGELOG.md, "- \`${path}\`: why, and what to ask instead", or take it back`);
  process.exitCode = 1;
}
if (!process.exitCode) {
  writeFileSync(changelog(schema), log.replace(`${next}\n`, `${next}\n\n## ${version}\n`));
  writeFileSync(snapshot(schema), print(present));
}
