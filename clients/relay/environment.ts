import { Environment, Network, RecordSource, Store } from "relay-runtime";

// Asks the server at url, `http://127.0.0.1:8080/graphql`. A key goes in as `authorization: Bearer …`.
export function environment(url: string, headers: Record<string, string> = {}): Environment {
  return new Environment({
    network: Network.create(async ({ text: query }, variables) => {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return await answer.json();
    }),
    store: new Store(new RecordSource()),
  });
}
