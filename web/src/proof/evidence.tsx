import type { EvidenceFragment } from "../api/gen/documents";
import { CorrectLink } from "../correct/correct";
import { Cite } from "../keep/cite";
import { Link } from "../route/link";
import { path } from "../route/route";
import { partial, when } from "../words/dates";
import { ModalityNote, Names } from "../words/marks";
import { action } from "../words/words";
import { type Mark, pieces } from "./highlight";

export const roles = { SOURCE: "who", TARGET: "to whom", INSTRUMENT: "with what", PLACE: "where" } as const;

function marks(report: EvidenceFragment): Mark[] {
  const out: Mark[] = [{ ...report.trigger, kind: "trigger", title: "what happened" }];
  for (const { role, entity, span } of report.participants)
    if (span) out.push({ ...span, kind: role, title: `${roles[role]}: ${entity.name}` });
  if (report.whenSpan) out.push({ ...report.whenSpan, kind: "when", title: `when: ${when(report.when)}` });
  return out;
}

/** A sentence with the words marked that tell what happened, who takes part and when. */
export function Sentence({ report }: { report: EvidenceFragment }) {
  return (
    <blockquote>
      {pieces(report.sentence, report.sentenceSpan.begin, marks(report)).map((piece, at) => {
        const mark = piece.marks.at(-1);
        return mark ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never change places
          <mark key={at} className={`says-${mark.kind}`} title={piece.marks.map((one) => one.title).join("; ")}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        );
      })}
    </blockquote>
  );
}

export function StoryLine({ story }: { story: { id: string; headline: string; publisher: string | null; published: string | null } }) {
  return (
    <span className="storyline">
      <Link href={path("story", story.id)}>{story.headline || "A story without a headline"}</Link>
      <span className="faint"> {[story.publisher, story.published ? partial(story.published) : "no date"].filter(Boolean).join(", ")}</span>
    </span>
  );
}

/** One report: its sentence, who says so, how, when, and where it stands. */
export function Evidence({ report }: { report: EvidenceFragment }) {
  const { begin, end } = report.sentenceSpan;
  const elsewhere = report.participants.filter(({ span }) => span && (span.end <= begin || span.begin >= end));
  return (
    <li className={report.saidBy.length ? "evidence claim" : "evidence"}>
      <Sentence report={report} />
      <p>
        {report.saidBy.length > 0 ? (
          <>
            Says <Names of={report.saidBy} />; the story does not say so itself.
          </>
        ) : (
          "The story says so itself."
        )}{" "}
        <ModalityNote of={report.modality} /> {report.background && <span className="note">background</span>}
      </p>
      <dl>
        <dt>What</dt>
        <dd>{action(report.action)}</dd>
        <dt>When</dt>
        <dd>
          {when(report.when)}
          {report.when.text && report.when.from && <span className="faint"> (“{report.when.text}”)</span>}
        </dd>
        {elsewhere.map(({ role, entity }) => (
          <div key={role + entity.id} className="pair">
            <dt>{roles[role]}</dt>
            <dd>{entity.name}, named elsewhere in the story</dd>
          </div>
        ))}
        {report.counts.map((count) => (
          <div key={count.of} className="pair">
            <dt>{count.of}</dt>
            <dd>“{count.text}”</dd>
          </div>
        ))}
        <dt>Sure</dt>
        <dd>{Math.round(report.confidence * 100)} %</dd>
      </dl>
      <p>
        <StoryLine story={report.story} /> <Cite report={report} /> <CorrectLink id={report.id} label="this report" />
      </p>
    </li>
  );
}
