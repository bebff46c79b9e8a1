// Writes src/api/gen/documents.ts: every src/**/*.graphql (the playground's examples are data and stay out) as a typed document, checked
// against the schema that the program serves. A field that the schema has not is an error here, before anything is built.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typedDocuments from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse } from "graphql";

const here = (path) => new URL(path, import.meta.url);
const schema = readdirSync(here("../schema/"))
  .filter((name) => name.endsWith(".graphqls"))
  .sort()
  .map((name) => readFileSync(here(`../schema/${name}`), "utf8"))
  .join("\n");
const documents = readdirSync(here("src/"), { recursive: true })
  .filter((name) => name.endsWith(".graphql") && !name.startsWith("playground"))
  .sort()
  .map((name) => ({ location: name, document: parse(readFileSync(here(`src/${name}`), "utf8")) }));

const scalars = { ID: "string", Date: "string", DateTime: "string", PartialDate: "string", ActionName: "string" };
const config = {
  scalars,
  enumsAsTypes: true,
  enumType: "string-literal",
  useTypeImports: true,
  skipTypename: true,
  documentMode: "string",
  dedupeFragments: true,
};
const text = await codegen({
  filename: "documents.ts",
  schema: parse(schema),
  schemaAst: buildSchema(schema),
  documents,
  config,
  plugins: [{ operations: {} }, { typedDocuments: {} }],
  pluginMap: { operations, typedDocuments },
});
mkdirSync(here("src/api/gen/"), { recursive: true });
writeFileSync(here("src/api/gen/documents.ts"), text);
