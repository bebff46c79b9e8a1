import { useEffect, useRef } from "react";
import { type EventFilter, ProofOfEventDocument, ProofOfEventsDocument, type ProvenFragment } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { useQuestion } from "../ask/ask";
import { about, between, filter as filterOf, type Question, type Side, side, whoever } from "../ask/question";
import { CorrectLink } from "../correct/correct";
import { History } from "../correct/log";
import { claimNote } from "../found/events";
import { Link } from "../route/link";
import { go, type Place, path as pathTo, place, useAddress, withParams } from "../route/route";
import { when } from "../words/dates";
import { ModalityNote, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { many } from "../words/words";
import { Evidence } from "./evidence";

/** The address of what proves an event. */
export function proofOfEvent(id: string): string {
  return withParams({ proof: id });
}

/** Which events of two are counted: all that the page asks for; of these what is told as fact alone, as rows are drawn; what the page asks
 * for but for its parties, as a name that is expanded is surrounded; or whatever is asked the facts alone, or the claims alone. */
export type Counted = "asked" | "drawn" | "around" | "facts" | "claims";

/** The address of what proves a relation: the asserted events, told as news, of one action (any if empty) between two. counted are those of
 * them that the number beside it counts. */
export function proofOfRelation(from: string, action: string, to: string, counted: Counted): string {
  return withParams({ proof: [from, action, to, counted].join("~") });
}

/** The address of what proves that the page's events happened at any of these places. */
export function proofOfPlaces(ids: string[]): string {
  return withParams({ proof: [at, ...ids].join("~") });
}

// No id is called so: each has its kind before a colon.
const at = "at";

/** All that a page asks for: whom it is about, or between whom it is, too. */
export function pageAsks(at: Place, question: Question, side: Side): EventFilter {
  return at.view === "entity" ? about(at.id, question, side) : at.view === "between" ? between(question) : filterOf(question);
}

/** The events that a proof is of, if it is not of one alone; page is all that the page asks for. */
export function provenBy(proof: string, page: EventFilter): EventFilter | null {
  const [from, action, to, counted] = proof.split("~");
  if (from === at) return { modality: ["ASSERTED"], ...page, placeIs: { entity: proof.split("~").slice(1) }, foreground: true };
  if (!from || !to) return null;
  const bound: Record<string, EventFilter> = {
    asked: page,
    drawn: { ...page, modality: ["ASSERTED"] },
    around: whoever(page),
    facts: { claims: "EXCLUDE" },
    claims: { claims: "ONLY" },
  };
  // Beside what is asked, not in its place: of a page about a third those alone in which he takes part.
  const two: EventFilter = { source: [from], target: [to], ...(action && { action: [action] }) };
  return { modality: ["ASSERTED"], ...(counted && bound[counted]), and: [two], foreground: true };
}

/** The drawer with the sentences that prove what is seen. It opens beside the view and never leaves it. */
export function Proof() {
  const proof = useAddress().params.get("proof");
  return proof ? <Drawer key={proof} proof={proof} /> : null;
}

function Drawer({ proof }: { proof: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    before.current = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    return () => {
      if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus({ preventScroll: true });
    };
  }, []);
  const close = () => go(withParams({ proof: null }));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], .choices")) close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  const { question } = useQuestion();
  const { path, params } = useAddress();
  const filter = provenBy(proof, pageAsks(place(path), question, side(params)));
  return (
    <aside className="proof" aria-labelledby="proof-heading">
      <header>
        <h2 id="proof-heading" ref={heading} tabIndex={-1}>
          The proof
        </h2>
        <button type="button" onClick={close} aria-label="Close the proof">
          ×
        </button>
      </header>
      {filter ? <OfRelation filter={filter} /> : <OfEvent id={proof} />}
    </aside>
  );
}

function OfEvent({ id }: { id: string }) {
  const { data, error, again } = useAsk(ProofOfEventDocument, { id });
  const gone = error?.argument === "id" || data?.event === null;
  if (error && !gone) return <Failure error={error} again={again} />;
  if (!data && !gone) return <Skeleton what="the sentences" />;
  return data?.event ? (
    <Proven event={data.event} />
  ) : (
    <Empty>
      <p>No such event.</p>
      <History of={id} gone />
    </Empty>
  );
}

function OfRelation({ filter }: { filter: EventFilter }) {
  const { data, error, again } = useAsk(ProofOfEventsDocument, { filter });
  if (error) return <Failure error={error} again={again} />;
  if (!data) return <Skeleton what="the sentences" />;
  const { edges, pageInfo } = data.events;
  if (edges.length === 0) return <Empty>No event tells this any more. Reload the page.</Empty>;
  return (
    <>
      <p className="faint">
        {many(edges.length, "event")}
        {pageInfo.hasNextPage && " shown, newest first; there are more: ask for the two in the question above"}
      </p>
      {edges.map(({ node }) => (
        <Proven key={node.id} event={node} />
      ))}
    </>
  );
}

function Proven({ event }: { event: ProvenFragment }) {
  const reports = event.reports.edges;
  return (
    <section>
      <h3>
        <QuadMark of={event.quadClass} /> <Link href={pathTo("event", event.id)}>{event.title}</Link>
      </h3>
      <p>
        {when(event.when)} <ModalityNote of={event.modality} /> {event.claim && <span className="note">{claimNote(event)}</span>}{" "}
        {event.background && <span className="note">background</span>} <CorrectLink id={event.id} label="the event" />
      </p>
      <ol>
        {reports.map(({ node }) => (
          <Evidence key={node.id} report={node} />
        ))}
      </ol>
      {event.reports.pageInfo.hasNextPage && <p className="faint">The first {reports.length} reports are shown.</p>}
    </section>
  );
}
