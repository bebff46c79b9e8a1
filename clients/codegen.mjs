// Writes urql/gen/documents.ts: every urql/*.graphql as a document that knows the types of its variables and answer.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typedDocuments from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse } from "graphql";

const here = (path) => new URL(path, import.meta.url);
const schema = readFileSync(here("schema.graphql"), "utf8");
const text = await codegen({
  filename: "documents.ts",
  schema: parse(schema),
  schemaAst: buildSchema(schema),
  documents: readdirSync(here("urql/"))
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => ({ location: name, document: parse(readFileSync(here(`urql/${name}`), "utf8")) })),
  config: {
    scalars: { ID: "string", Date: "string", DateTime: "string", PartialDate: "string", ActionName: "string" },
    enumsAsTypes: true,
    enumType: "string-literal",
    useTypeImports: true,
    skipTypename: true,
  },
  plugins: [{ operations: {} }, { typedDocuments: {} }],
  pluginMap: { operations, typedDocuments },
});
mkdirSync(here("urql/gen/"), { recursive: true });
writeFileSync(here("urql/gen/documents.ts"), text);
