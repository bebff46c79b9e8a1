import { useEffect, useRef } from "react";
import { type EventFilter, ProofOfEventDocument, ProofOfEventsDocument, type ProvenFragment } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { useQuestion } from "../ask/ask";
import { about, filter as filterOf, side } from "../ask/question";
import { CorrectLink } from "../correct/correct";
import { History } from "../correct/log";
import { claimNote } from "../found/events";
import { Link } from "../route/link";
import { go, path as pathTo, place, useAddress, withParams } from "../route/route";
import { when } from "../words/dates";
import { ModalityNote, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { many } from "../words/words";
import { Evidence } from "./evidence";

/** The address of what proves an event. */
export function proofOfEvent(id: string): string {
  return withParams({ proof: id });
}

/** The address of what proves a relation: the asserted events, told as news, of one action (any if empty) between two; asked binds
 * them to the question of the page. */
export function proofOfRelation(from: string, action: string, to: string, asked = false): string {
  return withParams({ proof: [from, action, to, ...(asked ? ["asked"] : [])].join("~") });
}

/** The address of what proves that the page's events happened at any of these places. */
export function proofOfPlaces(ids: string[]): string {
  return withParams({ proof: [at, ...ids].join("~") });
}

// No id is called so: each has its kind before a colon.
const at = "at";

/** The events that a proof is of, if it is not of one alone. A relation may be bound to the question, places are to all that the page
 * asks: whom it is about too. */
export function provenBy(proof: string, question: EventFilter, page: EventFilter): EventFilter | null {
  const [from, action, to, asked] = proof.split("~");
  if (from === at) return { modality: ["ASSERTED"], ...page, placeIs: { entity: proof.split("~").slice(1) }, foreground: true };
  if (!from || !to) return null;
  const bound = asked ? question : {};
  return { modality: ["ASSERTED"], ...bound, source: [from], target: [to], ...(action && { action: [action] }), foreground: true };
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
  const on = place(path);
  const asked = filterOf(question);
  const filter = provenBy(proof, asked, on.view === "entity" ? about(on.id, question, side(params)) : asked);
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
