import { useState } from "react";
import type { EvidenceFragment } from "../api/gen/documents";
import { path } from "../route/route";
import { partial } from "../words/dates";
import { list } from "../words/words";
import { copy } from "./keep";

/** A report as a text may cite it: story, publisher, date, the sentence with who says so, where it was read, and where it is here. */
export function citation({ sentence, saidBy, story }: Pick<EvidenceFragment, "sentence" | "saidBy" | "story">, origin: string): string {
  const from = [story.publisher, story.published ? partial(story.published) : "no date"].filter(Boolean).join(", ");
  const by = saidBy.length ? ` (said by ${list(saidBy.map((one) => one.name))})` : "";
  const here = origin + path("story", story.id);
  return `${story.headline || "Without a headline"}. ${from}: “${sentence.trim()}”${by}. ${[story.url, here].filter(Boolean).join(" · ")}`;
}

export function Cite({ report }: { report: EvidenceFragment }) {
  const [said, setSaid] = useState("");
  return (
    <>
      <button type="button" className="plain" onClick={async () => setSaid(await copy("The citation", citation(report, location.origin)))}>
        Copy the citation
      </button>
      <span role="status" className="faint">
        {" "}
        {said}
      </span>
    </>
  );
}
