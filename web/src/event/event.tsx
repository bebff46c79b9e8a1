import { lazy, Suspense } from "react";
import { EventPageDocument, type EventPageQuery } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { CorrectLink } from "../correct/correct";
import { History } from "../correct/log";
import { claimNote } from "../found/events";
import type { Spot } from "../map/spots";
import { Evidence, StoryLine } from "../proof/evidence";
import { Link } from "../route/link";
import { go, path } from "../route/route";
import { Apart } from "../search/names";
import { when } from "../words/dates";
import { ModalityNote, Name, Names, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { action, many, modalities, types } from "../words/words";

const Atlas = lazy(() => import("../map/atlas"));

type Page = NonNullable<EventPageQuery["event"]>;

export function EventPage({ id }: { id: string }) {
  const { data, error, again } = useAsk(EventPageDocument, { id });
  const gone = error?.argument === "id" || data?.event === null;
  if (error && !gone) return <Failure error={error} again={again} heading />;
  if (!data && !gone) return <Skeleton lines={12} what="the event" />;
  if (!data?.event)
    return (
      <Empty>
        <h1 tabIndex={-1}>No such event</h1>
        <p>The stories that tell it may not be loaded. Press / and search.</p>
        <History of={id} gone />
      </Empty>
    );
  const event = data.event;
  const { dates } = event;
  return (
    <>
      <header className="title">
        <p>
          <QuadMark of={event.quadClass} label /> <span className="faint">{when(event.when)}</span>{" "}
          <CorrectLink id={id} label="the event" />
        </p>
        <h1 tabIndex={-1} className={event.claim ? "claim" : ""}>
          {event.title}
        </h1>
        <p>
          <ModalityNote of={event.modality} /> {event.claim && <span className="note">{claimNote(event)}; no story says so itself</span>}{" "}
          {event.background && <span className="note">told only as background</span>}
        </p>
      </header>
      <div className="beside">
        <section aria-labelledby="reports" className="proven">
          <h2 id="reports">
            What says so: {many(event.reports.edges.length, "report")}, {many(event.texts, "source")}
          </h2>
          <Conflicts of={event} />
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
            {event.matter && (
              <>
                <dt>In the story’s words</dt>
                <dd>{event.matter}</dd>
              </>
            )}
            <Part label="With what" of={event.instruments} />
            <Part label="Where" of={event.places} />
            <Where of={event} />
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
          <History of={id} />
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

/** The event on the map, where a gazetteer knows its place. */
function Where({ of }: { of: Page }) {
  const spots: Spot[] = of.places.flatMap((one) => {
    const location = ("location" in one && one.location) || null;
    return location ? [{ id: one.id, kind: one.kind, name: one.name, location, facts: of.claim ? 0 : 1, claims: of.claim ? 1 : 0 }] : [];
  });
  if (spots.length === 0) return null;
  return (
    <dd>
      <Suspense>
        <Atlas spots={spots} onOpen={([first]) => first && go(`${path("entity", first.id)}?as=map`)} opens="its page" />
      </Suspense>
    </dd>
  );
}

/** Where reports count differently, that is said before they are read. */
function Conflicts({ of }: { of: Page }) {
  return of.conflicts.map((conflict) => (
    <section key={conflict.of} className="note conflict" aria-label={`Reports differ about the ${conflict.of}`}>
      <p>
        <strong>
          The reports differ: {conflict.low.toLocaleString()} to {conflict.high.toLocaleString()} {conflict.of}.
        </strong>
      </p>
      <ul>
        {conflict.told.map((tally) => (
          <li key={tally.report.id} className={tally.report.saidBy.length ? "claim" : ""}>
            <strong>{tally.high === null ? `at least ${tally.low.toLocaleString()}` : range(tally.low, tally.high)}</strong> (“{tally.text}
            ”)
            {tally.report.saidBy.length > 0 && (
              <>
                , says <Names of={tally.report.saidBy} />
              </>
            )}
            , in <StoryLine story={tally.report.story} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function range(low: number, high: number): string {
  return low === high ? low.toLocaleString() : `${low.toLocaleString()} to ${high.toLocaleString()}`;
}
