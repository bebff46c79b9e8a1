// Writes schema.graphql, which the compilers here read. `node schema.mjs URL` asks a running server for it, as a project of your own does;
// without a URL it is made of the files of the program.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from "graphql";

const here = (path) => new URL(path, import.meta.url);

// How the program describes itself in the files of a folder.
export function written(folder = here("../schema/")) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".graphqls"));
  return buildSchema(files.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n"));
}

// How a server describes itself.
export async function served(url) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: getIntrospectionQuery({ specifiedByUrl: true, schemaDescription: true, inputValueDeprecation: true }) }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(`${url}: ${errors[0].message}`);
  return buildClientSchema(data);
}

export const print = (schema) => printSchema(lexicographicSortSchema(schema)) + "\n";

if (process.argv[1] === import.meta.filename) {
  writeFileSync(here("schema.graphql"), print(process.argv[2] ? await served(process.argv[2]) : written()));
}
