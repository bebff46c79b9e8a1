import { PathsDocument, type PathsQuery } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { Ask, useQuestion } from "../ask/ask";
import { useCalled } from "../ask/pick";
import { besides, pairOf, type Question } from "../ask/question";
import { claimNote } from "../found/events";
import { Found } from "../found/found";
import { Sentence, StoryLine } from "../proof/evidence";
import { proofOfEvent } from "../proof/proof";
import { Link } from "../route/link";
import { path } from "../route/route";
import { when } from "../words/dates";
import { Name, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { list, many } from "../words/words";

const examples = [
  ["Russia and Ukraine, with all that belongs to them", "/between?a=state:RU&b=state:UA&all=a&all=b"],
  ["Kim Jong Un and Joe Biden", "/between?a=person:kim-jong-un&b=person:joe-biden"],
  ["Israel and Hamas", "/between?a=state:IL&b=organisation:hamas"],
] as const;

/** All that happened between two, and how they are connected. */
export function BetweenPage() {
  const { question, ask } = useQuestion();
  const called = useCalled(question);
  const pair = pairOf(question);
  const filter = besides(question);
  const of = (ids: string[]) => list(ids.map(called), 2);
  return (
    <>
      <header className="title">
        <h1 tabIndex={-1}>{pair ? `Between ${of(question.a)} and ${of(question.b)}` : "Between two"}</h1>
      </header>
      <Ask between />
      {!pair ? (
        <Empty>
          <p>
            <strong>Pick two: “someone” and “someone else” above.</strong>
          </p>
          <p>Then all that either did to the other is here, and how they are connected where they never met. Such as</p>
          <ul>
            {examples.map(([text, href]) => (
              <li key={href}>
                <Link href={href}>{text}</Link>
              </li>
            ))}
          </ul>
        </Empty>
      ) : (
        <div className="beside even">
          <section aria-labelledby="happened">
            <h2 id="happened">What either did to the other</h2>
            <Found filter={filter} question={question} ask={ask} pair={pair} />
          </section>
          <section aria-labelledby="connected">
            <h2 id="connected">How are they connected?</h2>
            <Paths from={question.a[0] as string} to={question.b[0] as string} question={question} called={called} />
          </section>
        </div>
      )}
    </>
  );
}

function Paths({ from, to, question, called }: { from: string; to: string; question: Question; called: (id: string) => string }) {
  const filter = besides(question);
  const same = from === to;
  const { data, error, again } = useAsk(PathsDocument, same ? null : { from, to, filter });
  if (same) return <Empty>They are the same. Pick another.</Empty>;
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Skeleton lines={10} what="the paths" />;
  const { paths, none, more } = data.paths;
  if (none)
    return (
      <Empty>
        <p>
          <strong>No path within 4 steps.</strong>
        </p>
        <p>
          No chain of up to four steps joins the two by what someone did to another, told as fact and as news. Clear a word of the question,
          or look at the network around <Link href={`${path("entity", from)}?as=network`}>{called(from)}</Link> or{" "}
          <Link href={`${path("entity", to)}?as=network`}>{called(to)}</Link>.
        </p>
      </Empty>
    );
  return (
    <>
      {paths.map(({ hops, length }) => (
        <section key={hops.map((hop) => hop.to.id).join()} className="path">
          <h3>
            {length === 1 ? "Directly" : `Through ${list(hops.slice(0, -1).map((hop) => hop.to.name))}`}
            <span className="faint">, {many(length, "step")}</span>
          </h3>
          <ol>
            {hops.map((hop) => (
              <Step key={hop.to.id} hop={hop} />
            ))}
          </ol>
        </section>
      ))}
      <p className="faint">
        The shortest first, over what is told as fact and as news
        {more && "; not all was looked at, for a step leads to too much: narrow the question"}.
      </p>
    </>
  );
}

function Step({ hop }: { hop: PathsQuery["paths"]["paths"][number]["hops"][number] }) {
  const { event } = hop;
  const report = event.reports.edges[0]?.node;
  return (
    <li className={event.claim ? "claim" : ""}>
      <p>
        <Name of={hop.from} /> <span className="faint">and</span> <Name of={hop.to} />
        {hop.count > 1 && <span className="faint"> · {many(hop.count, "event")}, the newest</span>}
      </p>
      <p>
        <Link href={proofOfEvent(event.id)}>
          <QuadMark of={event.quadClass} /> {event.title}
        </Link>{" "}
        <span className="faint">{when(event.when)}</span> {event.claim && <span className="note">{claimNote(event)}</span>}
      </p>
      {report && (
        <>
          <Sentence report={report} />
          <StoryLine story={report.story} />
        </>
      )}
    </li>
  );
}
