// Does what README.md says: its commands, with the address of a server that is started for it, and its excerpts, each of the file that
// stands above it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { print, written } from "../schema.mjs";
import { serving } from "./server.mjs";

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const readme = read("README.md");

const excerpts = [...readme.matchAll(/^`([^`]+)`[^\n]*:\n\n```\w+\n([\s\S]*?)```$/gm)];
assert.ok(excerpts.length >= 4, "README.md shows four files");
for (const [, file, text] of excerpts) {
  const plain = (code) => code.replace(/^\s+/gm, "");
  assert.ok(plain(read(file)).includes(plain(text)), `README.md shows what ${file} does not say:\n${text}`);
}

const [, script] = /```sh\n([\s\S]*?)```/.exec(readme);
const commands = script.split("\n").map((line) => line.replace(/ +#.*/, ""));
const server = await serving("demo", "--curate", "--load");
try {
  for (const command of commands.filter((c) => c && c !== "npm ci")) {
    const [name, ...args] = command.replace("http://127.0.0.1:8080/graphql", server.url).split(" ");
    execFileSync(name, args, { stdio: ["ignore", "ignore", "inherit"] });
  }
} finally {
  await server.stop();
}
assert.equal(read("schema.graphql"), print(written()), "a server describes itself as its files do");
