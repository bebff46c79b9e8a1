import { useState } from "react";
import { AskError, moment } from "../api/ask";
import type { EventRowFragment } from "../api/gen/documents";
import { type Events, readEvents, type Wanted } from "../found/events";
import { asOf } from "../route/route";
import { many } from "../words/words";
import { cypher } from "./cypher";
import { ofRows } from "./graphml";
import { copy, csv, curl, graphql, save } from "./keep";
import { saveView } from "./views";

// Events in a file, at most; what has more is for newsgraph export.
const most = 10_000;

/** Take away what is seen. */
export function Take({ found, of }: { found: Events; of: Wanted }) {
  const [said, setSaid] = useState("");
  // What is seen may be its first page alone; what is taken is all of it.
  const take = async (file: string, type: string, write: (rows: EventRowFragment[]) => string) => {
    try {
      if (found.more) setSaid("Reading all of it …");
      const { rows, more, looked } = found.more ? await readEvents(of, most) : found;
      save(`newsgraph-events.${file}`, type, write(rows));
      const among = looked ? ` of the newest ${looked.toLocaleString()}` : "";
      setSaid(`${more ? "The newest " : ""}${many(rows.length, "event")}${among} saved.`);
    } catch (error) {
      setSaid(error instanceof AskError ? `${error.message} ${error.todo}` : String(error));
    }
  };
  const these = found.more ? "All events" : `These ${found.rows.length} events`;
  const past = asOf();
  const then = past === null ? undefined : moment(past);
  const asked = graphql(of, then);
  return (
    <details className="take">
      <summary>Take away</summary>
      <div>
        <button type="button" onClick={() => take("csv", "text/csv;charset=utf-8", csv)}>
          {these} as CSV
        </button>
        <button type="button" onClick={() => take("graphml", "application/graphml+xml", ofRows)}>
          {these} as GraphML
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
          <input type="text" name="name" aria-label="A name for this view" placeholder="Name this view" size={16} />
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
        <button type="button" onClick={async () => setSaid(await copy("curl", curl(of, location.origin, then)))}>
          Copy as curl
        </button>
        <button type="button" onClick={async () => setSaid(await copy("Cypher", cypher(of, then)))}>
          Copy as Cypher{then && ", of now"}
        </button>
        <a href={`/graphql#${new URLSearchParams({ query: asked.query, variables: JSON.stringify(asked.variables, null, 2) })}`}>
          Open in the playground
        </a>
        <p role="status">{said}</p>
      </div>
    </details>
  );
}
