import { Fragment } from "react";
import { HistoryDocument, type LoggedFragment, NamesDocument } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { Link } from "../route/link";
import { path } from "../route/route";
import { Failure } from "../words/states";
import { many } from "../words/words";
import { toCorrect } from "./made";
import { corrections, nouns, said } from "./says";

/** What a correction did, with the names of what it names. Who is gone by it has none any more, and is called as its id; so is who was
 * renamed, as it was before. */
export function Says({ of, linked = true }: { of: LoggedFragment; linked?: boolean }) {
  const told = of.undoes ?? of;
  const parts = said(told);
  const ids = [...new Set(parts.flatMap((part) => (part.id && nouns[part.noun] === "entity" ? [part.id] : [])))].sort();
  const { data } = useAsk(NamesDocument, ids.length ? { ids } : null);
  const names = new Map((data?.nodes ?? []).flatMap((node) => (node && "name" in node ? [[node.id, node.name] as const] : [])));
  const called = ({ id, noun }: (typeof parts)[number]) => {
    const view = nouns[noun];
    if (view !== "entity") return `${view === "event" ? "an" : "a"} ${view}`;
    const slug = id.slice(noun.length + 1).replaceAll("-", " ");
    const coded = slug === slug.toUpperCase(); // the code of a state
    return told.kind === "RENAME" && !coded ? slug : (names.get(id) ?? slug);
  };
  return (
    <>
      {parts.map((part, at) => {
        const key = `${at} ${part.text}`;
        const view = nouns[part.noun];
        if (!view) return <Fragment key={key}>{part.text}</Fragment>;
        if (!linked || view === "report" || view === "correction") return <Fragment key={key}>{called(part)}</Fragment>;
        return (
          <Link key={key} href={path(view, part.id)}>
            {called(part)}
          </Link>
        );
      })}
    </>
  );
}

const instant = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** One correction: what, who, when, why, the sentences that it is about, and the way back. */
function Entry({ of }: { of: LoggedFragment }) {
  const [first, ...others] = of.sentences;
  return (
    <li className={of.holds ? "logged" : "logged undone"}>
      <p>
        <strong>
          {of.undoes && `${corrections[of.kind].done}: `}
          {corrections[(of.undoes ?? of).kind].done}
        </strong>
        : <Says of={of} /> {!of.holds && <span className="note">undone</span>}
      </p>
      {first && <blockquote>{first}</blockquote>}
      {others.length > 0 && (
        <details>
          <summary>{many(others.length, "more sentence")}</summary>
          {others.map((sentence) => (
            <blockquote key={sentence}>{sentence}</blockquote>
          ))}
        </details>
      )}
      <p>
        “{of.because}”{" "}
        <span className="faint">
          {of.by}, <time dateTime={of.at}>{instant.format(new Date(of.at))}</time>
        </span>{" "}
        {of.holds && (
          <Link href={toCorrect(of.id)} className="correct">
            {of.kind === "UNDO" ? "Bring back" : "Undo"} …
          </Link>
        )}
      </p>
    </li>
  );
}

export function Log({ of }: { of: readonly LoggedFragment[] }) {
  return (
    <ol className="log">
      {of.map((one) => (
        <Entry key={one.id} of={one} />
      ))}
    </ol>
  );
}

/** The corrections of what a page shows, if there are any. gone: of what the graph has no more, by the id that it had. */
export function History({ of, gone = false }: { of: string; gone?: boolean }) {
  const concerning = !gone && !of.startsWith("story:");
  const { data, error, again } = useAsk(HistoryDocument, { id: of, concerning });
  if (error) return <Failure error={error} again={again} />;
  const history = data?.node && "history" in data.node ? data.node.history : data?.named;
  if (!history?.edges.length) return null;
  return (
    <section aria-labelledby="history" className="history">
      <h2 id="history">{gone ? "What was corrected" : "Corrections"}</h2>
      <Log of={history.edges.map((edge) => edge.node)} />
      {history.pageInfo.hasNextPage && <Link href={`/corrections?of=${encodeURIComponent(of)}`}>All of them</Link>}
    </section>
  );
}
