// What a reader takes away: the rows that are seen as CSV, the question as a link, as GraphQL, as curl.
import type { EventFilter, EventRowFragment } from "../api/gen/documents";
import { claimed, type Pair, type Wanted } from "../found/events";

// A cell that begins with one of these is a formula to a spreadsheet, and the text comes from anywhere.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, with a heading. */
export function csv(rows: EventRowFragment[]): string {
  const names = (of: readonly { name: string }[]) => of.map((one) => one.name).join("; ");
  const head = [
    "id",
    "from",
    "to",
    "precision",
    "date words",
    "who",
    "did what",
    "to whom",
    "with",
    "where",
    "type",
    "quad class",
    "modality",
    "claimed by",
    "background",
    "sources",
    "title",
  ];
  const lines = rows.map((event) => [
    event.id,
    event.when.from ?? "",
    event.when.to ?? "",
    event.when.precision,
    event.when.text ?? "",
    names(event.sources),
    event.action,
    names(event.targets),
    names(event.instruments),
    names(event.places),
    event.type,
    String(event.quadClass ?? ""),
    event.modality,
    claimed(event).join("; "),
    String(event.background),
    String(event.texts),
    event.title,
  ]);
  return [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** The question as GraphQL, short enough to paste and read, and whole: it asks what the page shows, as of a moment where one is given.
 * Whose reports differ no filter knows: it is told beside each event, and the question says so. */
export function graphql(
  { filter, pair, differ }: Wanted,
  asOf?: string,
): { query: string; variables: { filter: EventFilter; asOf?: string } & Pair } {
  const [variable, argument] = asOf ? [", $asOf: DateTime", ", asOf: $asOf"] : ["", ""];
  const head = pair
    ? `query Between($a: [ID!], $b: [ID!], $aIs: Party, $bIs: Party, $filter: EventFilter${variable}) {
  between(a: $a, b: $b, aIs: $aIs, bIs: $bIs, filter: $filter, first: 25${argument}) {`
    : `query Events($filter: EventFilter${variable}) {
  events(filter: $filter, first: 25${argument}) {`;
  const query = `${differ ? "# Of the answer the page shows those whose conflicts are not empty: no filter knows them.\n" : ""}${head}
    edges {
      node {
        title
        modality
        when { from to precision text }
        sources { id name }
        targets { id name }${differ ? "\n        conflicts { of low high }" : ""}
        reports(first: 3) { edges { node { sentence saidBy { name } story { headline publisher published } } } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;
  return { query, variables: { ...pair, filter, ...(asOf && { asOf }) } };
}

export function curl(of: Wanted, origin: string, asOf?: string): string {
  const body = JSON.stringify(graphql(of, asOf)).replaceAll("'", "'\\''");
  return `curl ${origin}/graphql --header 'content-type: application/json' --data '${body}'`;
}

export function save(name: string, type: string, text: string | Blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Copies a text, and tells the reader what became of it. */
export async function copy(what: string, text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return `${what} copied.`;
  } catch {
    // Without https the browser keeps the clipboard to itself; the reader can still take the text.
    save("newsgraph.txt", "text/plain", text);
    return `The browser does not let this page copy: ${what} is saved as newsgraph.txt.`;
  }
}
