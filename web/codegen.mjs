// Writes src/api/gen/documents.ts: every src/**/*.graphql (the playground's examples are data and stay out) as a typed document, checked
// against the schema that the program serves. A field that the schema has not is an error here, before anything is built.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typedDocuments from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, Kind, parse, visit } from "graphql";

const here = (path) => new URL(path, import.meta.url);
const schema = readdirSync(here("../schema/"))
  .filter((name) => name.endsWith(".graphqls"))
  .sort()
  .map((name) => readFileSync(here(`../schema/${name}`), "utf8"))
  .join("\n");
const built = buildSchema(schema);
const known = built.getQueryType().getFields();
const name = (value) => ({ kind: Kind.NAME, value });
const asOf = { kind: Kind.VARIABLE, name: name("asOf") };

/** Every query as of a time: what the page shows of the past is all of the same time. */
function dated(document) {
  return visit(document, {
    OperationDefinition(query) {
      if (query.operation !== "query") return;
      const takes = (field) => known[field.name.value]?.args.some((arg) => arg.name === "asOf");
      const { selections } = query.selectionSet;
      if (!selections.some(takes)) return;
      const argument = { kind: Kind.ARGUMENT, name: name("asOf"), value: asOf };
      const type = { kind: Kind.NAMED_TYPE, name: name("DateTime") };
      return {
        ...query,
        variableDefinitions: [...query.variableDefinitions, { kind: Kind.VARIABLE_DEFINITION, variable: asOf, type }],
        selectionSet: {
          ...query.selectionSet,
          selections: selections.map((field) => (takes(field) ? { ...field, arguments: [...field.arguments, argument] } : field)),
        },
      };
    },
  });
}
const documents = readdirSync(here("src/"), { recursive: true })
  .filter((name) => name.endsWith(".graphql") && !name.startsWith("playground"))
  .sort()
  .map((name) => ({ location: name, document: dated(parse(readFileSync(here(`src/${name}`), "utf8"))) }));

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
  schemaAst: built,
  documents,
  config,
  plugins: [{ operations: {} }, { typedDocuments: {} }],
  pluginMap: { operations, typedDocuments },
});
mkdirSync(here("src/api/gen/"), { recursive: true });
writeFileSync(here("src/api/gen/documents.ts"), text);
