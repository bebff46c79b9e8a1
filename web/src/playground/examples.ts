// One tab a file, in the order of the file names: a new example is a new file (with its variables in a .json of the same
// name). The Go program reads the same files and holds them against the schema.
const queries = import.meta.glob<string>("./examples/*.graphql", { query: "?raw", import: "default", eager: true });
const variables = import.meta.glob<string>("./examples/*.json", { query: "?raw", import: "default", eager: true });

export interface Example {
  /** The name of its operation, which is the title of its tab. */
  name: string;
  query: string;
  /** JSON, or null if the query takes none. */
  variables: string | null;
}

export const examples: Example[] = Object.keys(queries)
  .sort()
  .map((path) => {
    const query = queries[path]!;
    const name = /^query (\w+)/m.exec(query)?.[1];
    if (!name) throw new Error(`${path}: no named query`);
    return { name, query, variables: variables[path.replace(/\.graphql$/, ".json")] ?? null };
  });
