import { lazy, Suspense, useEffect, useRef } from "react";
import type { EventFilter } from "../api/gen/documents";
import { type Asked, askAgain } from "../api/use";
import { type As, type Question, seenAs } from "../ask/question";
import { fresh, see, seeAsBefore, seenBefore } from "../keep/seen";
import { Take } from "../keep/take";
import { Link } from "../route/link";
import { go, useAddress, withParams } from "../route/route";
import { Empty, Failure, Fallible, Skeleton } from "../words/states";
import { many } from "../words/words";
import { Counts } from "./counts";
import { type First, howMany, type Pair, page, useEvents, useLoaded, useMonths } from "./events";
import { Heat } from "./heat";
import { Table } from "./table";
import { Timeline } from "./timeline";

const Network = lazy(() => import("../network/network"));
const PlacesMap = lazy(() => import("../map/map"));

const ways: Record<As, string> = { table: "Table", timeline: "Timeline", network: "Network", map: "Map", heat: "Heat map" };

export function useAs(): As {
  return seenAs(useAddress().params);
}

/** Seen by what the API counts, not by the events that were read; of pairs it counts nothing. */
const counting: readonly As[] = ["heat", "map"];

/** While it waits, what was there before. */
function useKept<T>(asked: Asked<T>, waiting: boolean): Asked<T> {
  const before = useRef<T>(undefined);
  useEffect(() => {
    if (asked.data) before.current = asked.data;
  });
  return waiting ? { ...asked, data: before.current, loading: true } : asked;
}

/** The ways to see one result. Switching keeps the question. */
function Ways({ without }: { without: readonly As[] }) {
  const as = useAs();
  return (
    <nav className="ways" aria-label="Seen as">
      {Object.entries(ways)
        .filter(([way]) => !without.includes(way as As))
        .map(([way, label]) => (
          <Link key={way} href={withParams({ as: way === "table" ? null : way })} aria-current={as === way ? "true" : undefined}>
            {label}
          </Link>
        ))}
    </nav>
  );
}

/** What is found: one result, as table, timeline, network, map or heat map. around is whom a page is about. */
export function Found({
  filter,
  question,
  ask,
  around,
  first,
  pair,
  waiting = false,
}: {
  filter: EventFilter;
  question: Question;
  ask: (part: Partial<Question>) => void;
  around?: string;
  first?: First | undefined;
  /** Only what went on between these two. */
  pair?: Pair | undefined;
  /** The page is still reading first: until then what was found before stays. */
  waiting?: boolean;
}) {
  const asked = useAs();
  const differ = question.sources === "differ";
  const uncounted = pair !== undefined || differ;
  const as = uncounted && counting.includes(asked) ? "table" : asked;
  const listed = !counting.includes(as) && !(as === "network" && around);
  const { params } = useAddress();
  const rows = Math.min(2000, Math.max(as === "network" && !around ? 100 : page, Number(params.get("rows")) || 0));
  const wanted = { filter, pair, differ };
  const events = useKept(useEvents(waiting ? null : wanted, rows, differ ? undefined : first), waiting);
  const { during: _, undated: __, ...always } = filter;
  // What is counted by pairs the API does not count by months.
  const counted = !uncounted && (as === "timeline" || as === "map" || (as === "table" && around !== undefined));
  const months = useKept(useMonths(waiting || !counted ? null : always, first), waiting);
  const found = events.data;
  // What was found of another time is no earlier visit to this.
  const key = `${params.get("as-of") ?? ""}${JSON.stringify(wanted)}`;
  const live = useLoaded(uncounted || waiting ? null : filter);
  const settled = found && !events.loading ? found : null;
  useEffect(() => {
    if (settled)
      see(
        key,
        settled.rows.map((one) => one.id),
        !settled.more && !settled.looked,
      );
  }, [key, settled]);
  const before = seenBefore(key);
  const ids = found?.rows.map((one) => one.id) ?? [];
  const news = fresh(ids, before);
  const show = () => {
    seeAsBefore(key, ids, !found?.more && !found?.looked);
    live.shown();
    askAgain();
  };
  return (
    <section className="found" aria-label="What is found" aria-busy={events.loading}>
      {!pair && <h2 className="hidden">What is found</h2>}
      <header>
        <Ways without={uncounted ? counting : []} />
        <p className="faint" role="status">
          {found && listed && howMany(found)}
          {listed && before && news.size > 0 && ` ${news.size} new since ${since(before.at)}.`}
        </p>
        {found && <Take found={found} of={wanted} />}
      </header>
      {counted && months.error && !events.error && <Failure error={months.error} again={months.again} />}
      {counted && months.data && <Counts months={months.data} question={question} ask={ask} />}
      {events.error ? (
        <Failure error={events.error} again={events.again} />
      ) : !found ? (
        <Skeleton lines={12} what="events" />
      ) : found.rows.length === 0 ? (
        <Empty>
          <p>
            <strong>
              {differ
                ? found.looked
                  ? `Of the newest ${found.looked.toLocaleString()} events none is counted differently by its reports; those before were not looked at.`
                  : "No event is counted differently by its reports."
                : pair
                  ? "No story tells that either did this to the other."
                  : "No story tells this."}
            </strong>
          </p>
          <p>
            {pair && "How they are connected through others may be seen all the same. "}Make one word of the question wider: “anyone”,
            “anything”, “at any time”. A word of the sentences may also be just its beginning.
          </p>
        </Empty>
      ) : (
        <>
          <Fallible key={as}>
            {as === "network" ? (
              <Suspense fallback={<Skeleton what="the network" />}>
                {/* Ties are only added to a network: what answers another question, or of another time, begins one of its own. */}
                <Network key={`${found.of} ${events.turn}`} rows={found.rows} around={around} filter={filter} />
              </Suspense>
            ) : as === "map" ? (
              <Suspense fallback={<Skeleton lines={12} what="the map" />}>
                <PlacesMap filter={filter} />
              </Suspense>
            ) : as === "heat" ? (
              <Heat filter={filter} />
            ) : as === "timeline" ? (
              <Timeline rows={found.rows} news={news} />
            ) : (
              <Table rows={found.rows} news={news} />
            )}
          </Fallible>
          {found.more && listed && (
            <p className="more">
              <button
                type="button"
                disabled={events.loading}
                onClick={() => go(withParams({ rows: String(found.rows.length + (as === "network" ? 100 : page)) }), true)}
              >
                {events.loading ? "Loading …" : "Show more"}
              </button>
            </p>
          )}
        </>
      )}
      <div className="live" role="status">
        {live.loaded > 0 && (
          <button type="button" onClick={show}>
            {many(live.loaded, "new event")}: show
          </button>
        )}
      </div>
    </section>
  );
}

/** When the last visit was: its time today, its day before. */
function since(at: number): string {
  const then = new Date(at);
  return then.toDateString() === new Date().toDateString()
    ? then.toLocaleTimeString(undefined, { timeStyle: "short" })
    : then.toLocaleDateString(undefined, { dateStyle: "long" });
}
