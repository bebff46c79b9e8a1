import { useState } from "react";
import type { EventFilter, EventRowFragment } from "../api/gen/documents";
import type { Pair } from "../found/events";
import { cypher } from "./cypher";
import { ofRows } from "./graphml";
import { copy, csv, curl, graphql, save } from "./keep";
import { saveView } from "./views";

/** Take away what is seen. */
export function Take({ rows, filter, pair }: { rows: EventRowFragment[]; filter: EventFilter; pair?: Pair | undefined }) {
  const [said, setSaid] = useState("");
  const asked = graphql(filter, pair);
  return (
    <details className="take">
      <summary>Take away</summary>
      <div>
        <button
          type="button"
          onClick={() => {
            save("newsgraph-events.csv", "text/csv;charset=utf-8", csv(rows));
            setSaid(`${rows.length} rows saved.`);
          }}
        >
          These {rows.length} rows as CSV
        </button>
        <button
          type="button"
          onClick={() => {
            save("newsgraph-events.graphml", "application/graphml+xml", ofRows(rows));
            setSaid(`${rows.length} events saved, with those who take part.`);
          }}
        >
          These {rows.length} events as GraphML
        </button>
        <button type="button" onClick={() => print()}>
          Print, or save as PDF
        </button>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get("name")).trim() || document.title;
            saveView({ name, href: location.pathname + location.search });
            setSaid(`Saved in this browser as “${name}”: see Saved, above.`);
          }}
        >
          <input type="text" name="name" aria-label="A name for this view" placeholder="A name for this view" size={16} />
          <button type="submit">Save</button>
        </form>
        <button type="button" onClick={async () => setSaid(await copy("The link", location.href))}>
          Copy the link
        </button>
        <button
          type="button"
          onClick={async () => setSaid(await copy("GraphQL", `${asked.query}\n# Variables:\n# ${JSON.stringify(asked.variables)}\n`))}
        >
          Copy as GraphQL
        </button>
        <button type="button" onClick={async () => setSaid(await copy("curl", curl(filter, location.origin, pair)))}>
          Copy as curl
        </button>
        <button type="button" onClick={async () => setSaid(await copy("Cypher", cypher(filter, pair)))}>
          Copy as Cypher
        </button>
        <a href={`/graphql#${new URLSearchParams({ query: asked.query, variables: JSON.stringify(asked.variables, null, 2) })}`}>
          Open in the playground
        </a>
        <p role="status">{said}</p>
      </div>
    </details>
  );
}
