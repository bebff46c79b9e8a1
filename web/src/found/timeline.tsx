import type { EventRowFragment } from "../api/gen/documents";
import { proofOfEvent } from "../proof/proof";
import { go } from "../route/route";
import { partial, when } from "../words/dates";
import { ModalityNote, Names, QuadMark } from "../words/marks";
import { claimNote } from "./events";

function heading(event: EventRowFragment): string {
  const { from, precision } = event.when;
  if (!from || from.startsWith("--")) return "Undated";
  return partial(precision === "YEAR" ? from.slice(0, 4) : from.slice(0, 7));
}

/** Events under the months in which they begin, newest first; undated ones last. */
export function Timeline({ rows, news }: { rows: EventRowFragment[]; news: Set<string> }) {
  const groups: { name: string; events: EventRowFragment[] }[] = [];
  for (const event of rows) {
    const name = heading(event);
    const group = groups.find((one) => one.name === name);
    if (group) group.events.push(event);
    else groups.push({ name, events: [event] });
  }
  return (
    <div className="timeline">
      {groups.map((group) => (
        <section key={group.name}>
          <h3>{group.name}</h3>
          <ul>
            {group.events.map((event) => {
              const claim = claimNote(event);
              return (
                <li key={event.id} className={event.claim ? "claim" : ""}>
                  <span className="when">{when(event.when)}</span>
                  <span>
                    <button type="button" className="line" onClick={() => go(proofOfEvent(event.id))}>
                      <QuadMark of={event.quadClass} /> {event.title}
                    </button>{" "}
                    <ModalityNote of={event.modality} /> {claim && <span className="note">{claim}</span>}{" "}
                    {event.background && <span className="note">background</span>}{" "}
                    {news.has(event.id) && <span className="note new">new</span>} <Names of={event.instruments} />
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
