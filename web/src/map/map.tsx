// Where it happened: places on a map, and the same as a table beside it.
import { useMemo } from "react";
import { type EventFilter, PlacesDocument } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { apart } from "../found/events";
import { proofOfPlaces } from "../proof/proof";
import { go } from "../route/route";
import { Name } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { many } from "../words/words";
import Atlas from "./atlas";
import { placed, type Spot, told } from "./spots";

export default function PlacesMap({ filter }: { filter: EventFilter }) {
  const { data, error, again } = useAsk(PlacesDocument, apart(filter));
  const found = useMemo(
    () => data && placed(filter.claims === "ONLY" ? null : data.facts, filter.claims === "EXCLUDE" ? null : data.claims),
    [data, filter.claims],
  );
  if (error) return <Failure error={error} again={again} />;
  if (!found) return <Skeleton lines={12} what="the map" />;
  const { spots, nowhere, more } = found;
  if (spots.length === 0)
    return (
      <Empty>
        {nowhere > 0
          ? `None of ${many(nowhere, "event")} here tells where it happened. See the table, or widen the question.`
          : "No event here is told as fact and as news. See the table, which has what is planned, supposed, denied or background too."}
      </Empty>
    );
  const open = (all: Spot[]) => go(proofOfPlaces(all.map((spot) => spot.id)));
  return (
    <div className="map">
      <p className="faint">
        Where it happened, told as fact and as news; a dashed circle holds claims alone.
        {more && " The places with most events are shown: a word of the question narrows it."}
        {nowhere > 0 && ` ${many(nowhere, "more tells", "more tell")} no place.`}
      </p>
      <div className="pair">
        <Atlas spots={spots} onOpen={open} beside="the table beside it holds the same" />
        <div className="aside">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <section className="scroll" tabIndex={0} aria-label="Places">
            <table>
              <caption className="hidden">The map as a table, places with most events first</caption>
              <thead>
                <tr>
                  <th scope="col">Where</th>
                  <th scope="col">What</th>
                </tr>
              </thead>
              <tbody>
                {spots.map((spot) => (
                  <tr key={spot.id} className={spot.facts ? "" : "claim"}>
                    <td>
                      <Name of={spot} /> {!spot.location && <span className="faint">not on the map</span>}
                    </td>
                    <td>
                      <button type="button" className="plain" onClick={() => open([spot])}>
                        {told(spot)}
                        <span className="hidden"> in {spot.name}, the sentences</span>
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p className="faint">
            {spots.some((spot) => spot.kind === "STATE") && "A state’s circle stands in its middle: no story tells where in it. "}
            Outlines: Natural Earth, which draws who holds the ground, not whose it is.
          </p>
        </div>
      </div>
    </div>
  );
}
