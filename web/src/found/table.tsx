import type { DifferingQuery, EventRowFragment, Modality } from "../api/gen/documents";
import { useActions } from "../ask/pick";
import { proofOfEvent } from "../proof/proof";
import { go, useAddress } from "../route/route";
import { when } from "../words/dates";
import { ModalityNote, Names, QuadMark } from "../words/marks";
import { action, alone, list } from "../words/words";
import { claimed } from "./events";

/** What is planned, supposed or denied did not happen: it has no past. */
function factual(modality: Modality): boolean {
  return modality === "ASSERTED" || modality === "ALLEGED";
}

type Differing = DifferingQuery["events"]["edges"][number]["node"];

/** How far the reports of an event differ, where the question is about that. */
export function Differ({ of }: { of: Differing }) {
  return of.conflicts.map((one) => (
    <span key={one.of} className="note">
      {one.low.toLocaleString()} to {one.high.toLocaleString()} {one.of}
    </span>
  ));
}

/** Events as rows: when, who, did what, to whom. A row opens its sentences. */
export function Table({ rows, news }: { rows: EventRowFragment[]; news: Set<string> }) {
  const proof = useAddress().params.get("proof");
  const past = new Map(useActions().map((one) => [one.name, one.past]));
  return (
    <table className="events">
      <caption className="hidden">Events, newest first. The button of each opens the sentences that prove it.</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Did what</th>
          <th scope="col">To whom</th>
          <th scope="col">With, where</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((event) => {
          const by = claimed(event);
          const did = (factual(event.modality) && past.get(event.action)) || action(event.action);
          return (
            <tr
              key={event.id}
              className={`${event.claim ? "claim" : ""} ${proof === event.id ? "open" : ""}`}
              onClick={(click) => {
                if (!(click.target as Element).closest("a, button") && !getSelection()?.toString()) go(proofOfEvent(event.id));
              }}
            >
              <td className="when">{when(event.when)}</td>
              <td>
                <Names of={event.sources} none="not told" />
              </td>
              <td className="did">
                <button type="button" aria-expanded={proof === event.id} onClick={() => go(proofOfEvent(event.id))}>
                  <QuadMark of={event.quadClass} /> {event.targets.length ? did : alone(did)}
                  <span className="hidden">: {event.title}, the sentences</span>
                </button>{" "}
                <ModalityNote of={event.modality} /> {by.length > 0 && <span className="note">claim of {list(by)}</span>}{" "}
                {event.background && <span className="note">background</span>}
                {"conflicts" in event && <Differ of={event as Differing} />} {news.has(event.id) && <span className="note new">new</span>}{" "}
                {event.texts > 1 && <span className="note">{event.texts} sources</span>}
              </td>
              <td>
                <Names of={event.targets} none="–" />
              </td>
              <td>
                <Names of={[...event.instruments, ...event.places]} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
