import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import plugin from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";

// Why two of them are narrowed: docs/adr/0022-clients.md.
const rules = {
  "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
  "@graphql-eslint/relay-connection-types": "error",
  "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false }],
  "@graphql-eslint/relay-page-info": "error",
};

const cwd = new URL("../../schema/", import.meta.url).pathname;

// What the rules find in a file, here one of the program's, with its text or with another.
async function findings(sdl) {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ["**/*.graphqls"],
        languageOptions: {
          parser: plugin.parser,
          parserOptions: { graphQLConfig: sdl ? { schema: sdl } : { schema: `${cwd}*.graphqls` } },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        plugins: { "@graphql-eslint": plugin },
        rules,
      },
    ],
  });
  const files = sdl ? await eslint.lintText(sdl, { filePath: `${cwd}other.graphqls` }) : await eslint.lintFiles(["*.graphqls"]);
  assert.ok(files.length > (sdl ? 0 : 10));
  return files.flatMap((file) => file.messages.map((m) => `${file.filePath}:${m.line}: ${m.ruleId}: ${m.message}`));
}

test("@graphql-eslint's Relay rules find nothing", async () => {
  assert.deepEqual(await findings(), []);
});

test("and they look", async () => {
  const found = await findings("type Query { things: ThingConnection } type ThingConnection { edges: [Int] } type PageInfo { next: Int }");
  for (const rule of ["relay-arguments", "relay-connection-types", "relay-edge-types", "relay-page-info"]) {
    assert.match(found.join("\n"), new RegExp(rule));
  }
});

test("graphql-schema-linter's three relay rules find nothing", () => {
  execFileSync(
    "node_modules/.bin/graphql-schema-linter",
    ["--rules", "relay-connection-types-spec,relay-connection-arguments-spec,relay-page-info-spec", `${cwd}*.graphqls`],
    { cwd: new URL("..", import.meta.url).pathname, encoding: "utf8" },
  );
});
