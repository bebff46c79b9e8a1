import { useEffect } from "react";
import { EntityPageDocument, type EntityPageQuery } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { Ask, useQuestion } from "../ask/ask";
import { useActions } from "../ask/pick";
import { filter as filterOf } from "../ask/question";
import { Found } from "../found/found";
import { StoryLine } from "../proof/evidence";
import { proofOfRelation } from "../proof/proof";
import { Link } from "../route/link";
import { useAddress, withParams } from "../route/route";
import { visited } from "../search/recent";
import { partial } from "../words/dates";
import { KindMark, Name, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { list } from "../words/words";

type Page = NonNullable<EntityPageQuery["entity"]>;

/** Whether the entity acts, is acted upon, or either: a side of its page. */
function useSide(): "either" | "did" | "undergone" {
  const side = useAddress().params.get("side");
  return side === "did" || side === "undergone" ? side : "either";
}

export function EntityPage({ id }: { id: string }) {
  const { question, ask } = useQuestion();
  const side = useSide();
  const filter = filterOf(question);
  if (side === "did") filter.source = [id];
  else if (side === "undergone") filter.target = [id];
  else filter.participant = [id];
  const { during: _, undated: __, ...always } = filter;
  // One round trip: what the page shows first all comes with this. The parts below then find their answers kept.
  const page = useAsk(EntityPageDocument, { id, filter, days: always });
  const entity = page.data?.entity;
  useEffect(() => {
    if (entity) visited(entity);
  }, [entity]);
  if (page.error) return <Failure error={page.error} again={page.again} />;
  if (!page.data) return <Skeleton lines={14} what="the page" />;
  if (!entity)
    return (
      <Empty>
        <h1>Nobody has this id</h1>
        <p>The stories that name it may not be loaded. Press / and search for the name.</p>
      </Empty>
    );
  const sides = { either: "All", did: `What ${entity.name} did`, undergone: `What was done to ${entity.name}` };
  return (
    <>
      <header className="title">
        <p>
          <KindMark kind={entity.kind} />{" "}
          <span className="faint">{[entity.description, entity.country, entity.sector].filter(Boolean).join(" · ")}</span>
        </p>
        <h1 tabIndex={-1}>{entity.name}</h1>
        {entity.aliases.length > 0 && <p className="faint">Also {list(entity.aliases, 6)}</p>}
      </header>
      <Ask about={entity.name} />
      <div className="beside">
        <div>
          <nav className="sides" aria-label="Side">
            {Object.entries(sides).map(([name, label]) => (
              <Link
                key={name}
                href={withParams({ side: name === "either" ? null : name, rows: null, proof: null })}
                aria-current={side === name ? "true" : undefined}
              >
                {label}
              </Link>
            ))}
          </nav>
          <Found
            filter={filter}
            question={question}
            ask={ask}
            around={id}
            first={page.loading ? undefined : page.data}
            waiting={page.loading}
          />
        </div>
        <div className="margin">
          <Relations of={entity} />
          <Positions of={entity} />
        </div>
      </div>
    </>
  );
}

function Relations({ of }: { of: Page }) {
  const quadOf = new Map(useActions().map((one) => [one.name, one.quadClass]));
  const { edges, pageInfo } = of.relations;
  if (edges.length === 0) return null;
  return (
    <section aria-labelledby="relations">
      <h2 id="relations">Relations</h2>
      <ul className="relations">
        {edges.map(({ node }) => (
          <li key={node.from.id + node.action + node.to.id}>
            <Name of={node.from} />{" "}
            <Link href={proofOfRelation(node.from.id, node.action, node.to.id)} className="tie">
              <QuadMark of={quadOf.get(node.action)} /> {node.past}
              {node.count > 1 && <span className="count"> ×{node.count}</span>}
              <span className="hidden">: the sentences</span>
            </Link>{" "}
            <Name of={node.to} />
          </li>
        ))}
      </ul>
      <p className="faint">
        Counted over what is told as fact and as news, most first{pageInfo.hasNextPage && "; the network shows more"}.
      </p>
    </section>
  );
}

const statuses = { HELD: "", FORMER: "former ", DESIGNATE: "designated " } as const;

function Positions({ of }: { of: Page }) {
  const { edges, pageInfo } = of.positions;
  if (edges.length === 0) return null;
  return (
    <section aria-labelledby="positions">
      <h2 id="positions">Offices</h2>
      <ul className="positions">
        {edges.map(({ node }) => (
          <li key={node.id}>
            {node.person.id !== of.id && (
              <>
                <Name of={node.person} />,{" "}
              </>
            )}
            {statuses[node.status]}
            {node.title}
            {node.body && node.body.id !== of.id && (
              <>
                {" "}
                of <Name of={node.body} />
              </>
            )}
            {(node.since || node.until) && (
              <span className="faint">
                {" "}
                {node.since && `since ${partial(node.since)}`} {node.until && `until ${partial(node.until)}`}
              </span>
            )}
            <details>
              <summary>“{node.text}”</summary>
              <StoryLine story={node.story} />
            </details>
          </li>
        ))}
      </ul>
      {pageInfo.hasNextPage && <p className="faint">The newest {edges.length} statements.</p>}
    </section>
  );
}
