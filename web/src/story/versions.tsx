import { type StoryPageQuery, VersionDocument } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { Link } from "../route/link";
import { path, withParams } from "../route/route";
import { partial } from "../words/dates";
import { Failure, Skeleton } from "../words/states";
import { diff } from "./diff";

type Story = NonNullable<StoryPageQuery["story"]>;

const dated = ({ updated, published }: { updated: string | null; published: string | null }) =>
  updated ? `of ${moment(updated)}` : published ? `of ${partial(published)}` : "without a date";

/** A day as its date, an instant in the reader's own time. */
function moment(updated: string): string {
  if (/^\d{4}(-\d\d){0,2}$/.test(updated)) return partial(updated);
  const at = new Date(updated);
  return Number.isNaN(at.getTime()) ? updated : at.toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" });
}

/** All versions of a story, former ones first, and what each changed. One that stands alone has none. */
export function Versions({ of, against }: { of: Story; against: string | null }) {
  if (of.versions.length < 2) return null;
  return (
    <nav className="versions" aria-label="Versions of this story">
      <ol>
        {of.versions.map((one) => (
          <li key={one.id}>
            {one.id === of.id ? (
              <strong aria-current="page">This version, {dated(one)}</strong>
            ) : (
              <>
                <Link href={path("story", one.id)}>The version {dated(one)}</Link>{" "}
                {against === one.id ? (
                  <Link href={withParams({ against: null })}>Back to the text</Link>
                ) : (
                  <Link href={withParams({ against: one.id })}>What changed</Link>
                )}
              </>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** What changed between another version of a story and this one, the former of the two first. */
export function Changed({ id, story }: { id: string; story: Story }) {
  const { data, error, again } = useAsk(VersionDocument, { id });
  if (error) return <Failure error={error} again={again} />;
  if (!data?.story) return <Skeleton lines={16} what="the other version" />;
  const place = (of: string) => story.versions.findIndex((one) => one.id === of);
  const [former, later] = place(id) < place(story.id) ? [data.story, story] : [story, data.story];
  const same = former.headline === later.headline && former.text === later.text;
  return (
    <section className="changed" aria-label="What changed">
      <p className="faint" role="status">
        {same ? (
          "Not a word of headline and text changed."
        ) : (
          <>
            <del>Taken out</del>, <ins>put in</ins>, from the former of the two to the later.
          </>
        )}
      </p>
      <h2>
        <Words former={former.headline} later={later.headline} />
      </h2>
      <div className="words">
        <Words former={former.text} later={later.text} />
      </div>
    </section>
  );
}

function Words({ former, later }: { former: string; later: string }) {
  return diff(former, later).map((one, at) => {
    const Tag = ({ both: "span", former: "del", later: "ins" } as const)[one.in];
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of two texts never change places
    return <Tag key={at}>{one.text}</Tag>;
  });
}
