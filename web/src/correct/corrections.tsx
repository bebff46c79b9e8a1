import { useState } from "react";
import { CorrectionsDocument, type CorrectionsQuery, type LoggedFragment } from "../api/gen/documents";
import { remember, useRead } from "../api/use";
import { Link } from "../route/link";
import { go, useAddress, withParams } from "../route/route";
import { Empty, Failure, Skeleton } from "../words/states";
import { many } from "../words/words";
import { Log } from "./log";
import { corrections } from "./says";

const page = 50;

/** Corrections latest first, page upon page. */
function useCorrections(params: URLSearchParams, wanted: number) {
  const kind = Object.keys(corrections).find((one) => one === params.get("kind")) as LoggedFragment["kind"] | undefined;
  const [by, of] = [params.get("by"), params.get("of")];
  const filter = { ...(kind && { kind: [kind] }), ...(by && { by }), ...(of && { of: [of] }) };
  return useRead(`corrections ${wanted} ${JSON.stringify(filter)}`, async (signal) => {
    const all: LoggedFragment[] = [];
    for (let after: string | null = null; ; ) {
      const found: CorrectionsQuery["corrections"] = (await remember(CorrectionsDocument, { filter, after }, signal)).corrections;
      all.push(...found.edges.map((edge) => edge.node));
      after = found.pageInfo.endCursor;
      if (!found.pageInfo.hasNextPage || all.length >= wanted) return { all, more: found.pageInfo.hasNextPage };
    }
  });
}

/** All corrections, by kind and author. */
export default function CorrectionsPage() {
  const { params } = useAddress();
  const [wanted, setWanted] = useState(page);
  const { data, error, again } = useCorrections(params, wanted);
  const [kind, by, of] = ["kind", "by", "of"].map((name) => params.get(name) ?? "");
  return (
    <>
      <header className="title">
        <h1 tabIndex={-1}>Corrections</h1>
        <p className="faint">
          What people corrected, latest first. It holds for stories that are loaded or read again too; the log keeps what was undone.
        </p>
      </header>
      <form
        key={`${kind} ${by}`}
        className="row"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const said = new FormData(event.currentTarget);
          go(withParams({ kind: String(said.get("kind")), by: String(said.get("by")).trim() }));
        }}
      >
        <label>
          What{" "}
          <select name="kind" defaultValue={kind}>
            <option value="">anything</option>
            {Object.entries(corrections).map(([name, { done }]) => (
              <option key={name} value={name}>
                {done}
              </option>
            ))}
          </select>
        </label>
        <label>
          by <input type="text" name="by" placeholder="anyone" defaultValue={by} size={16} />
        </label>
        <button type="submit">Find</button>
        {(kind || by || of) && <Link href="/corrections">All corrections</Link>}
      </form>
      {error ? (
        <Failure error={error} again={again} />
      ) : !data ? (
        <Skeleton what="the corrections" />
      ) : data.all.length === 0 ? (
        <Empty>
          <p>
            <strong>{kind || by || of ? "Nobody corrected this." : "Nobody corrected anything yet."}</strong>
          </p>
          <p>
            “Correct …” stands where a mistake is seen: on the page of an entity, an event or a story, and below each sentence of a proof.
          </p>
        </Empty>
      ) : (
        <>
          <p className="faint" role="status">
            {data.more ? `The latest ${data.all.length}; there are more.` : many(data.all.length, "correction")}
          </p>
          <Log of={data.all} />
          {data.more && (
            <p className="more">
              <button type="button" onClick={() => setWanted(data.all.length + page)}>
                Show more
              </button>
            </p>
          )}
        </>
      )}
    </>
  );
}
