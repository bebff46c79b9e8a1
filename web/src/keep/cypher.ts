// A question in Cypher, on the layout that newsgraph keeps in Neo4j: (:Event)-[:SOURCE|TARGET|INSTRUMENT|PLACE]->(:Entity), and
// (:Event)<-[:OF]-(:Report)-[:IN]->(:Story) with (:Report)-[:SAID_BY]->(:Entity).
import type { Party } from "../api/gen/documents";
import type { Wanted } from "../found/events";

const string = (value: string) =>
  `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}'`;
const set = (values: string | readonly string[]) => `[${[values].flat().map(string).join(", ")}]`;

const fold = (word: string) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

type Ids = string | readonly string[] | null | undefined;

/** The condition that x is one of a party; null if it is none. */
function member(x: string, ids: Ids, is?: Party | null): string | null {
  const all: string[] = [];
  for (const some of [ids, is?.entity]) if (some?.length) all.push(`${x}.id IN ${set(some)}`);
  if (is?.country?.length) {
    const codes = set(is.country);
    all.push(
      `(${x}.country IN ${codes} OR EXISTS { MATCH (own:State) WHERE (own.iso2 IN ${codes} OR own.iso3 IN ${codes}) AND own.iso3 IN [${x}.country, ${x}.iso3] })`,
    );
  }
  if (is?.sector?.length) all.push(`${x}.sector IN ${set(is.sector)}`);
  if (is?.kind?.length) all.push(`${x}.kind IN ${set(is.kind)}`);
  return all.length ? all.join(" AND ") : null;
}

/** The newest 25 events that a question asks for, each with its sentences. Neo4j has them as they are now: what asks of the past says so. */
export function cypher({ filter, pair, differ }: Wanted, asOf?: string): string {
  const where: string[] = [];
  const has = (roles: string, ids: Ids, is?: Party | null) => {
    // Whom a question names and what it says of them are two conditions, which two may fulfil.
    for (const condition of [member("x", ids), member("x", null, is)])
      if (condition) where.push(`EXISTS { MATCH (e)-[:${roles}]->(x:Entity) WHERE ${condition} }`);
  };
  has("SOURCE", filter.source, filter.sourceIs);
  has("TARGET", filter.target, filter.targetIs);
  has("INSTRUMENT", filter.instrument, filter.instrumentIs);
  has("PLACE", filter.place, filter.placeIs);
  has("SOURCE|TARGET|INSTRUMENT|PLACE", filter.participant, filter.participantIs);
  if (pair) {
    const [a, b] = [(x: string) => `(${member(x, pair.a, pair.aIs)})`, (x: string) => `(${member(x, pair.b, pair.bIs)})`];
    where.push(`EXISTS { MATCH (x:Entity)<-[:SOURCE]-(e)-[:TARGET]->(y:Entity) WHERE ${a("x")} AND ${b("y")} OR ${b("x")} AND ${a("y")} }`);
  }
  const said = member("x", filter.saidBy, filter.saidByIs);
  if (said) where.push(`EXISTS { MATCH (e)<-[:OF]-(:Report)-[:SAID_BY]->(x:Entity) WHERE ${said} }`);
  if (filter.action?.length) where.push(`e.action IN ${set(filter.action)}`);
  if (filter.type?.length) where.push(`e.type IN ${set(filter.type)}`);
  if (filter.modality?.length) where.push(`e.modality IN ${set(filter.modality)}`);
  if (filter.foreground) where.push("NOT e.background");
  if (filter.minTexts) where.push(`e.texts >= ${filter.minTexts}`);
  if (filter.maxTexts) where.push(`e.texts <= ${filter.maxTexts}`);
  if (filter.claims === "EXCLUDE") where.push("NOT e.claim");
  if (filter.claims === "ONLY") where.push("e.claim");
  if (filter.during) {
    // Days are text, in the order of time; one whose year is not told begins with --.
    const { from, to } = filter.during;
    const dated = ["NOT e.from STARTS WITH '--'"];
    if (from) dated.push(`e.to >= ${string((from + "-01-01").slice(0, 10))}`);
    if (to) dated.push(`e.from <= ${string((to + "-12-31".slice(to.length - 4)).slice(0, 10))}`);
    where.push(filter.undated ? `(e.from IS NULL OR e.from STARTS WITH '--' OR ${dated.join(" AND ")})` : dated.join(" AND "));
  }
  const words = (filter.text ?? "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length)
    where.push(
      `EXISTS { MATCH (e)<-[:OF]-(r:Report) WHERE ${words.map((word) => `' ' + r.words CONTAINS ${string(` ${fold(word)}`)}`).join(" AND ")} }`,
    );
  // The moment is of the address, which may hold anything: as a string of JSON it ends no line.
  const now = asOf ? `// Asks of now: the page was as of ${JSON.stringify(asOf)}, of which Neo4j keeps nothing.\n` : "";
  const all = differ ? "// Finds those whose reports agree too: which of them differ the API alone tells, as conflicts.\n" : "";
  return `${now}${all}MATCH (e:Event)${where.length ? `\nWHERE ${where.join("\n  AND ")}` : ""}
WITH e ORDER BY e.newest LIMIT 25
RETURN e.from AS from, e.to AS to, e.id AS event, e.action AS action, e.modality AS modality, e.claim AS claim,
  [(e)-[:SOURCE]->(x) | x.name] AS sources, [(e)-[:TARGET]->(x) | x.name] AS targets,
  [(e)<-[:OF]-(r:Report)-[:IN]->(s:Story) | {sentence: r.sentence, headline: s.headline, publisher: s.publisher, published: s.published}] AS reports;
`;
}
