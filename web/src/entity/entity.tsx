import { useEffect } from "react";
import { EntityPageDocument, type EntityPageQuery } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { Ask, useQuestion } from "../ask/ask";
import { useActions } from "../ask/pick";
import { about, countries, side as sideOf } from "../ask/question";
import { CorrectLink } from "../correct/correct";
import { History } from "../correct/log";
import { apart, claimed } from "../found/events";
import { Found } from "../found/found";
import { StoryLine } from "../proof/evidence";
import { type Counted, proofOfRelation } from "../proof/proof";
import { Link } from "../route/link";
import { path, useAddress, withParams } from "../route/route";
import { visited } from "../search/recent";
import { partial } from "../words/dates";
import { KindMark, Name, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { list } from "../words/words";

type Page = NonNullable<EntityPageQuery["entity"]>;

export function EntityPage({ id }: { id: string }) {
  const { question, ask } = useQuestion();
  const side = sideOf(useAddress().params);
  const filter = about(id, question, side);
  const country = countries([id]);
  const all = country !== null && question.all.includes("involving");
  const { during: _, undated: __, ...always } = filter;
  // One round trip: what the page shows first all comes with this. The parts below then find their answers kept.
  const page = useAsk(EntityPageDocument, { id, filter, ...apart(always) });
  const entity = page.data?.entity;
  useEffect(() => {
    if (entity) visited(entity);
  }, [entity]);
  // The question names whom the page is about too.
  const unknown =
    page.error?.argument === "id" ||
    (page.error?.code === "NOT_FOUND" && page.error.message.toLowerCase().includes(id.slice(0, 40).toLowerCase()));
  const gone = unknown || (page.data && !entity);
  if (page.error && !gone)
    return (
      <Failure error={page.error} again={page.again} heading>
        <p>
          <Link href={path("entity", id)}>All of this name, without the question.</Link>
        </p>
      </Failure>
    );
  if (!page.data && !gone) return <Skeleton lines={14} what="the page" />;
  if (!entity)
    return (
      <Empty>
        <h1 tabIndex={-1}>Nobody has this id</h1>
        <p>The stories that name it may not be loaded. Press / and search for the name.</p>
        <History of={id} gone />
      </Empty>
    );
  const sides = { either: "All", did: `What ${entity.name} did`, undergone: `What was done to ${entity.name}` };
  return (
    <>
      <header className="title">
        <p>
          <KindMark kind={entity.kind} />{" "}
          <span className="faint">{[entity.description, entity.country, entity.sector].filter(Boolean).join(" · ")}</span>{" "}
          <CorrectLink id={id} label={entity.name} />
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
            {country && (
              <label>
                <input
                  type="checkbox"
                  checked={all}
                  onChange={() => ask({ all: all ? question.all.filter((word) => word !== "involving") : [...question.all, "involving"] })}
                />{" "}
                with its government, army, officials, companies and citizens
              </label>
            )}
            <Link href={`/between?a=${encodeURIComponent(id)}`}>Between {entity.name} and another …</Link>
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
          <Statements of={entity} />
          <Positions of={entity} />
          <History of={id} />
        </div>
      </div>
    </>
  );
}

type Relation = Page["relations"]["edges"][number]["node"];

function Line({ of, quad, counted }: { of: Relation; quad: number | null | undefined; counted: Counted }) {
  return (
    <>
      <Name of={of.from} />{" "}
      <Link href={proofOfRelation(of.from.id, of.action, of.to.id, counted)} className="tie">
        <QuadMark of={quad} /> {of.past}
        {of.count > 1 && <span className="count"> ×{of.count}</span>}
        <span className="hidden">: the sentences</span>
      </Link>{" "}
      <Name of={of.to} />
    </>
  );
}

function Relations({ of }: { of: Page }) {
  const quadOf = new Map(useActions().map((one) => [one.name, one.quadClass]));
  const { relations, claims } = of;
  const key = (one: Relation) => one.from.id + one.action + one.to.id;
  return (
    <>
      {relations.edges.length > 0 && (
        <section aria-labelledby="relations">
          <h2 id="relations">Relations</h2>
          <ul className="relations">
            {relations.edges.map(({ node }) => (
              <li key={key(node)}>
                <Line of={node} quad={quadOf.get(node.action)} counted="facts" />
              </li>
            ))}
          </ul>
          <p className="faint">
            Counted over what is told as fact and as news, most first{relations.pageInfo.hasNextPage && "; the network shows more"}.
          </p>
        </section>
      )}
      {claims.edges.length > 0 && (
        <section aria-labelledby="claims">
          <h2 id="claims">Only claimed</h2>
          <ul className="relations">
            {claims.edges.map(({ node }) => (
              <li key={key(node)} className="claim">
                <Line of={node} quad={quadOf.get(node.action)} counted="claims" />{" "}
                <span className="note">
                  claim of {list(claimed(node.latest))}
                  {node.count > 1 && ", the newest"}
                </span>
              </li>
            ))}
          </ul>
          {claims.pageInfo.hasNextPage && <p className="faint">There are more: ask for “claims alone” above.</p>}
        </section>
      )}
    </>
  );
}

function Statements({ of }: { of: Page }) {
  const { edges, pageInfo } = of.statements;
  if (edges.length === 0) return null;
  return (
    <section aria-labelledby="statements">
      <h2 id="statements">What {of.name} said</h2>
      <ul className="statements">
        {edges.map(({ node, cursor }) => (
          <li key={cursor}>
            <blockquote>{node.text}</blockquote>
            <p className="faint">
              {node.quotation ? "Quoted" : "Reported"}
              {node.addressee && (
                <>
                  , to <Name of={node.addressee} />
                </>
              )}
              {node.topics.length > 0 && ", about "}
              {node.topics.map((topic, at) => (
                <span key={topic.id}>
                  {at > 0 && ", "}
                  <Name of={topic} />
                </span>
              ))}
            </p>
            <StoryLine story={node.story} />
          </li>
        ))}
      </ul>
      {pageInfo.hasNextPage && <p className="faint">The newest {edges.length}.</p>}
    </section>
  );
}

const statuses = { HELD: "", FORMER: "former ", DESIGNATE: "designated " } as const;

type Position = Page["positions"]["edges"][number]["node"];

/** One office once, with the stories that tell it: by its holder, title and body. */
export function offices(positions: Position[]): Position[][] {
  const groups = new Map<string, Position[]>();
  for (const position of positions) {
    const key = [position.person.id, position.status, position.title.toLowerCase(), position.body?.id].join("~");
    const group = groups.get(key);
    if (group) group.push(position);
    else groups.set(key, [position]);
  }
  return [...groups.values()];
}

function Positions({ of }: { of: Page }) {
  const { edges, pageInfo } = of.positions;
  if (edges.length === 0) return null;
  return (
    <section aria-labelledby="positions">
      <h2 id="positions">Offices</h2>
      <ul className="positions">
        {offices(edges.map((edge) => edge.node)).map((told) => {
          const [one] = told as [Position];
          const since = told.find((other) => other.since)?.since;
          const until = told.find((other) => other.until)?.until;
          return (
            <li key={one.id}>
              {one.person.id !== of.id && (
                <>
                  <Name of={one.person} />,{" "}
                </>
              )}
              {statuses[one.status]}
              {one.title}
              {one.body && one.body.id !== of.id && (
                <>
                  {" "}
                  of <Name of={one.body} />
                </>
              )}
              {(since || until) && (
                <span className="faint">
                  {" "}
                  {since && `since ${partial(since)}`} {until && `until ${partial(until)}`}
                </span>
              )}
              <details>
                <summary>{told.length === 1 ? `“${one.text}”` : `told ${told.length} times`}</summary>
                {told.map((other) => (
                  <p key={other.id}>
                    {told.length > 1 && `“${other.text}”, `}
                    <StoryLine story={other.story} />
                  </p>
                ))}
              </details>
            </li>
          );
        })}
      </ul>
      {pageInfo.hasNextPage && <p className="faint">From the newest {edges.length} statements.</p>}
    </section>
  );
}
