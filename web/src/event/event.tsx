import { EventPageDocument, type EventPageQuery } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { Evidence } from "../proof/evidence";
import { Link } from "../route/link";
import { path } from "../route/route";
import { Apart } from "../search/names";
import { when } from "../words/dates";
import { ModalityNote, Name, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { action, many, modalities, types } from "../words/words";

type Page = NonNullable<EventPageQuery["event"]>;

export function EventPage({ id }: { id: string }) {
  const { data, error, again } = useAsk(EventPageDocument, { id });
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Skeleton lines={12} what="the event" />;
  if (!data.event)
    return (
      <Empty>
        <h1>No such event</h1>
        <p>The stories that tell it may not be loaded. Press / and search.</p>
      </Empty>
    );
  const event = data.event;
  const { dates } = event;
  return (
    <>
      <header className="title">
        <p>
          <QuadMark of={event.quadClass} label /> <span className="faint">{when(event.when)}</span>
        </p>
        <h1 tabIndex={-1}>{event.title}</h1>
        <p>
          <ModalityNote of={event.modality} /> {event.background && <span className="note">told only as background</span>}
        </p>
      </header>
      <div className="beside">
        <section aria-labelledby="reports" className="proven">
          <h2 id="reports">
            What says so: {many(event.reports.edges.length, "report")}, {many(event.texts, "source")}
          </h2>
          <Conflict of={event} />
          <ol className="reports">
            {event.reports.edges.map(({ node }) => (
              <Evidence key={node.id} report={node} />
            ))}
          </ol>
          {event.reports.pageInfo.hasNextPage && (
            <p className="faint">The first {event.reports.edges.length} reports are shown; the API has the others.</p>
          )}
        </section>
        <section aria-labelledby="facts" className="margin">
          <h2 id="facts">Who, what, when</h2>
          <dl className="facts">
            <Part label="Who" of={event.sources} none="not told" />
            <dt>Did what</dt>
            <dd>
              <Link href={`/?did=${encodeURIComponent(event.action)}`}>{action(event.action)}</Link>{" "}
              <span className="faint">({types[event.type]})</span>
            </dd>
            <Part label="To whom" of={event.targets} none="not told" />
            <Part label="With what" of={event.instruments} />
            <Part label="Where" of={event.places} />
            {event.about.length > 0 && (
              <>
                <dt>About</dt>
                {event.about.map((other) => (
                  <dd key={other.id}>
                    <QuadMark of={other.quadClass} /> <Link href={path("event", other.id)}>{other.title}</Link>{" "}
                    <ModalityNote of={other.modality} />
                  </dd>
                ))}
              </>
            )}
            <dt>When</dt>
            <dd>
              {when(dates)}
              {dates.text && <span className="faint"> from “{dates.text}”</span>}
              {dates.how && <span className="faint">: {dates.how}</span>}
            </dd>
            <dt>How sure</dt>
            <dd>{modalities[event.modality].label}</dd>
            <dt>Codes</dt>
            <dd className="faint">
              {[event.ploverEvent && `PLOVER ${event.ploverEvent}`, event.cameo && `CAMEO ${event.cameo}`, ...event.contexts]
                .filter(Boolean)
                .join(" · ") || "none"}
            </dd>
          </dl>
        </section>
      </div>
    </>
  );
}

function Part({ label, of, none }: { label: string; of: Page["sources"]; none?: string }) {
  if (of.length === 0 && !none) return null;
  return (
    <>
      <dt>{label}</dt>
      {of.length === 0 && <dd className="faint">{none}</dd>}
      {of.map((one) => (
        <dd key={one.id}>
          <Name of={one} /> <Apart of={{ ...one, aliases: [] }} />
        </dd>
      ))}
    </>
  );
}

/** Where reports count differently, that is said before they are read. */
function Conflict({ of }: { of: Page }) {
  const told = new Map<string, Set<string>>();
  for (const { node } of of.reports.edges)
    for (const count of node.counts) told.set(count.of, (told.get(count.of) ?? new Set()).add(count.text));
  const differ = [...told].filter(([, words]) => words.size > 1);
  if (differ.length === 0) return null;
  return (
    <p className="note conflict">
      The reports count differently:{" "}
      {differ.map(([what, words]) => `${what} ${[...words].map((word) => `“${word}”`).join(" or ")}`).join("; ")}.
    </p>
  );
}
