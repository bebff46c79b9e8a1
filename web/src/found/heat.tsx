import { type EventFilter, HeatDocument, type WhoFragment } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { Pictures } from "../keep/pictures";
import { proofOfRelation } from "../proof/proof";
import { go } from "../route/route";
import { Name } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { edge, ground, heat as heatColour, ink, many, theme } from "../words/words";
import { apart, type Cell } from "./events";
import { picture } from "./picture";

const most = 14; // rows, and columns

interface Field {
  facts: number;
  claims: number;
}

/** Who did something to whom, as a field of rows and columns: those with most events. Events without a target or a source have no field. */
export function fields(facts: Cell[], claims: Cell[]) {
  const all = new Map<string, Field>();
  const names = new Map<string, WhoFragment>();
  const sums = [new Map<string, number>(), new Map<string, number>()] as const;
  for (const [cells, which] of [
    [facts, "facts"],
    [claims, "claims"],
  ] as const) {
    for (const { keys, count } of cells) {
      const [from, to] = [keys[0]?.entity, keys[1]?.entity];
      if (!from || !to) continue;
      names.set(from.id, from).set(to.id, to);
      const field = all.get(`${from.id}~${to.id}`) ?? { facts: 0, claims: 0 };
      field[which] += count;
      all.set(`${from.id}~${to.id}`, field);
      sums[0].set(from.id, (sums[0].get(from.id) ?? 0) + count);
      sums[1].set(to.id, (sums[1].get(to.id) ?? 0) + count);
    }
  }
  const ranked = (sum: Map<string, number>) =>
    [...sum]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([id]) => names.get(id) as WhoFragment);
  const to = ranked(sums[1]);
  const seen = (from: WhoFragment) => to.some((one) => all.has(`${from.id}~${one.id}`));
  const from = ranked(sums[0]).filter(seen);
  return {
    from,
    to: to.filter((one) => from.some((other) => all.has(`${other.id}~${one.id}`))),
    at: (from: string, to: string) => all.get(`${from}~${to}`),
    most: Math.max(0, ...[...all.values()].map((field) => field.facts + field.claims)),
    left: Math.max(0, sums[0].size - most) + Math.max(0, sums[1].size - most),
  };
}

/** The heat map: who acts down the side, to whom across. A field opens the sentences of its events. */
export function Heat({ filter }: { filter: EventFilter }) {
  const { data, error, again } = useAsk(HeatDocument, apart(filter));
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Skeleton lines={12} what="the heat map" />;
  const heat = fields(filter.claims === "ONLY" ? [] : data.facts.cells, filter.claims === "EXCLUDE" ? [] : data.claims.cells);
  if (heat.from.length === 0) return <Empty>No event here tells both who and to whom. See the table, or widen the question.</Empty>;
  const seen = () => {
    const shade = theme();
    const colours = { ground: ground[shade], ink: ink[shade], line: edge[shade], heat: heatColour[shade] };
    return picture(heat, colours);
  };
  const more = heat.left > 0 || data.facts.more || data.claims.more;
  return (
    <div className="heat">
      <p className="tools">
        <Pictures name="heat" picture={seen} />
      </p>
      <p className="faint">
        How often who did something to whom, told as fact and as news; a dashed field holds claims too, after the +.
        {more && " Those with most events are shown: a word of the question narrows it."}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="scroll" tabIndex={0} aria-label="Heat map">
        <table>
          <caption className="hidden">Who did something to whom: how many events. Each number opens their sentences.</caption>
          <thead>
            <tr>
              <td>
                <span className="faint">who ↓ to whom →</span>
              </td>
              {heat.to.map((to) => (
                <th key={to.id} scope="col">
                  <span>
                    <Name of={to} />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heat.from.map((from) => (
              <tr key={from.id}>
                <th scope="row">
                  <Name of={from} />
                </th>
                {heat.to.map((to) => {
                  const field = heat.at(from.id, to.id);
                  if (!field) return <td key={to.id} />;
                  const part = (field.facts + field.claims) / heat.most;
                  const shown = `${field.facts || ""}${field.claims ? `+${field.claims}` : ""}`;
                  const told = [field.facts && many(field.facts, "event"), field.claims && many(field.claims, "claim")]
                    .filter(Boolean)
                    .join(" and ");
                  return (
                    <td key={to.id}>
                      <button
                        type="button"
                        className={field.claims ? "claim" : ""}
                        style={{ "--part": `${15 + 60 * part}%` } as React.CSSProperties}
                        title={`${from.name} to ${to.name}: ${told}`}
                        // What is heard holds what is seen, so that it can be asked for by voice.
                        aria-label={`${from.name} to ${to.name}: ${told}${field.claims ? `, ${shown}` : ""}, the sentences`}
                        onClick={() => go(proofOfRelation(from.id, "", to.id, "asked"))}
                      >
                        {shown}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
