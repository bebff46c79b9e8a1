import { useEffect, useMemo, useRef } from "react";
import {
  type EntityKind,
  type MentionPageFragment,
  MoreMentionsDocument,
  StoriesDocument,
  StoryPageDocument,
  type StoryPageQuery,
  UncodedDocument,
  type UncodedQuery,
} from "../api/gen/documents";
import { remember, useAsk, useRead } from "../api/use";
import { CorrectLink } from "../correct/correct";
import { History } from "../correct/log";
import { pieces } from "../proof/highlight";
import { proofOfEvent } from "../proof/proof";
import { Link } from "../route/link";
import { go, path, useAddress, withParams } from "../route/route";
import { partial } from "../words/dates";
import { KindMark, ModalityNote, Name, QuadMark } from "../words/marks";
import { Empty, Failure, Skeleton } from "../words/states";
import { action, kinds, list, many } from "../words/words";
import { paragraphs } from "./paragraphs";
import { Changed, Versions } from "./versions";

type Story = NonNullable<StoryPageQuery["story"]>;
type Uncoded = NonNullable<NonNullable<UncodedQuery["story"]>["uncoded"]>[number];
type Mention = MentionPageFragment["edges"][number]["node"];

export function StoryPage({ id }: { id: string }) {
  const { data, error, again } = useAsk(StoryPageDocument, { id });
  const gone = error?.argument === "id" || data?.story === null;
  if (error && !gone) return <Failure error={error} again={again} heading />;
  if (!data && !gone) return <Skeleton lines={16} what="the story" />;
  if (!data?.story)
    return (
      <Empty>
        <h1 tabIndex={-1}>No such story</h1>
        <p>
          It may not be loaded, or another version may have replaced it. <Link href="/stories">See all stories.</Link>
        </p>
      </Empty>
    );
  return <Read story={data.story} />;
}

/** All mentions of a story: the first hundred came with it. */
function useMentions(story: Story) {
  const read = async (signal: AbortSignal) => {
    const mentions: Mention[] = story.mentions.edges.map((edge) => edge.node);
    let { hasNextPage, endCursor } = story.mentions.pageInfo;
    while (hasNextPage && endCursor && mentions.length < 2000) {
      const more: MentionPageFragment | undefined = (await remember(MoreMentionsDocument, { id: story.id, after: endCursor }, signal)).story
        ?.mentions;
      if (!more) break;
      mentions.push(...more.edges.map((edge) => edge.node));
      ({ hasNextPage, endCursor } = more.pageInfo);
    }
    return mentions;
  };
  return useRead(`mentions ${story.id}`, read, story);
}

function Read({ story }: { story: Story }) {
  const { params } = useAddress();
  const off = new Set((params.get("hide") ?? "").split(",").filter(Boolean));
  const whom = params.get("name");
  const { data } = useMentions(story);
  const mentions = data ?? story.mentions.edges.map((edge) => edge.node);
  const here = [...new Set(mentions.map((mention) => mention.entity.kind))];
  const asked = params.get("uncoded") === "1";
  const explained = useAsk(UncodedDocument, asked ? { id: story.id } : null);
  const left = (asked && explained.data?.story?.uncoded) || [];
  const against = params.get("against");
  const parts = useMemo(() => paragraphs(story.text), [story.text]);
  const shown = mentions.filter((mention) => !off.has(mention.entity.kind));
  const triggers = off.has("events") ? [] : story.reports.edges.map((edge) => edge.node);
  const marks = [
    ...left.map((one) => ({ ...one.span, kind: "uncoded", title: `left uncoded: ${one.why}`, id: "" })),
    ...triggers.map((report) => ({ ...report.trigger, kind: "trigger", title: report.event.title, id: "" })),
    ...shown.map((mention) => ({
      ...mention.span,
      kind: `kind-${mention.entity.kind}`,
      title: `${mention.entity.name}, ${kinds[mention.entity.kind].label}`,
      id: mention.id,
    })),
  ];
  const mine = mentions.filter((mention) => mention.entity.id === whom).sort((a, b) => a.span.begin - b.span.begin);
  const toggle = (one: string) => {
    const next = new Set(off);
    if (!next.delete(one)) next.add(one);
    go(withParams({ hide: [...next].sort().join(",") || null }), true);
  };
  return (
    <>
      <header className="title">
        <p className="faint">
          {[
            story.publisher,
            story.published ? partial(story.published) : "no date",
            story.byline && `by ${story.byline.replace(/^by /i, "")}`,
          ]
            .filter(Boolean)
            .join(" · ")}{" "}
          <CorrectLink id={story.id} label="the reading of this story">
            Pin
          </CorrectLink>
        </p>
        <h1 tabIndex={-1}>{story.headline || "A story without a headline"}</h1>
        {story.supersededBy && (
          <p className="note">
            A later version took its place, and only the text of this one is kept:{" "}
            <Link href={path("story", story.supersededBy.id)}>{story.supersededBy.headline || "the later version"}</Link>
          </p>
        )}
        {story.notes && <p className="notes">{story.notes}</p>}
        {story.url && <p className="faint">{/^https?:/.test(story.url) ? <a href={story.url}>{story.url}</a> : story.url}</p>}
        <Versions of={story} against={against} />
      </header>
      {against ? <Changed id={against} story={story} /> : read()}
      <History of={story.id} />
    </>
  );
  function read() {
    return (
      <>
        <div className="facets" role="group" aria-label="What is marked in the text">
          <button type="button" aria-pressed={!off.has("events")} onClick={() => toggle("events")}>
            <mark className="says-trigger">events</mark>
          </button>
          {here.map((kind: EntityKind) => (
            <button key={kind} type="button" aria-pressed={!off.has(kind)} onClick={() => toggle(kind)}>
              <KindMark kind={kind} label={false} /> {kinds[kind].plural}
            </button>
          ))}
          <button type="button" aria-pressed={asked} onClick={() => go(withParams({ uncoded: asked ? null : "1" }), true)}>
            <span className="says-uncoded">left uncoded, and why</span>
          </button>
        </div>
        {asked && (
          <p className="faint" role="status">
            {explained.error
              ? `${explained.error.message} ${explained.error.todo}`
              : !explained.data
                ? "The server reads the story anew …"
                : explained.data.story?.uncoded
                  ? `${many(left.length, "word")} might have told an event or meant somebody, and were read as neither.`
                  : "This server reads no stories: newsgraph explain tells it of a file."}
          </p>
        )}
        {mine[0] && <Walk mentions={mine} story={story.id} />}
        <div className={whom ? "text walking" : "text"}>
          {parts.map((part) => (
            <div key={part.begin} className="paragraph">
              <p>
                {pieces(part.text, part.begin, marks).map((piece, at) => {
                  const name = piece.marks.find((mark) => mark.kind.startsWith("kind-"));
                  const mention =
                    name &&
                    shown.find(
                      (one) => one.span.begin === name.begin && one.span.end === name.end && name.kind === `kind-${one.entity.kind}`,
                    );
                  const trigger = piece.marks.find((mark) => mark.kind === "trigger");
                  const unread = piece.marks.find((mark) => mark.kind === "uncoded");
                  if (mention)
                    return (
                      <Link
                        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one paragraph never change places
                        key={at}
                        id={`m${mention.span.begin}`}
                        className={`mention kind-${mention.entity.kind} ${mention.entity.id === whom ? "mine" : ""}`}
                        title={name.title}
                        href={withParams({ name: mention.entity.id })}
                      >
                        {piece.text}
                      </Link>
                    );
                  return trigger ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <mark key={at} className="says-trigger" title={trigger.title}>
                      {piece.text}
                    </mark>
                  ) : unread ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <span key={at} className="says-uncoded" title={unread.title}>
                      {piece.text}
                    </span>
                  ) : (
                    piece.text
                  );
                })}
              </p>
              <ul className="margin" aria-label="Events of this paragraph">
                {triggers
                  .filter((report) => report.trigger.begin >= part.begin && report.trigger.begin < part.end)
                  .map((report) => (
                    <li key={report.id} className={report.saidBy.length ? "claim" : ""}>
                      <button
                        type="button"
                        className="line"
                        onClick={() => go(proofOfEvent(report.event.id))}
                        title={action(report.action)}
                      >
                        <QuadMark of={report.event.quadClass} /> {report.event.title}
                      </button>{" "}
                      <ModalityNote of={report.modality} />{" "}
                      {saying(report).length > 0 && <span className="note">says {list(saying(report).map((one) => one.name))}</span>}
                    </li>
                  ))}
                <Left of={left.filter((one) => one.span.begin >= part.begin && one.span.begin < part.end)} />
              </ul>
            </div>
          ))}
        </div>
        {story.reports.pageInfo.hasNextPage && (
          <p className="faint">The first {story.reports.edges.length} statements are marked; the API has the others.</p>
        )}
      </>
    );
  }
}

/** What of a paragraph was left uncoded, the words of one reason together. */
/** Who says so in the story, but for those whom the title of the event names. */
function saying({ saidBy, event }: Story["reports"]["edges"][number]["node"]) {
  return event.claim && event.claimedBy.length <= 2 ? saidBy.filter((one) => !event.claimedBy.some((by) => by.id === one.id)) : saidBy;
}

function Left({ of }: { of: Uncoded[] }) {
  const reasons = new Map<string, string[]>();
  for (const { text, why } of of) reasons.set(why, [...(reasons.get(why) ?? []), text]);
  return [...reasons].map(([why, words]) => (
    <li key={why} className="left">
      “{[...new Set(words)].join("”, “")}”: {why}
    </li>
  ));
}

/** Next and previous mention of one name, by the buttons or by n and p. */
function Walk({ mentions, story }: { mentions: Mention[]; story: string }) {
  const { params } = useAddress();
  const at = Math.min(mentions.length, Math.max(1, Number(params.get("mention")) || 1));
  const now = mentions[at - 1];
  useEffect(() => {
    if (now) document.getElementById(`m${now.span.begin}`)?.scrollIntoView({ block: "center" });
    document.querySelector(".mention.now")?.classList.remove("now");
    if (now) document.getElementById(`m${now.span.begin}`)?.classList.add("now");
  }, [now]);
  const step = (by: number) => go(withParams({ mention: String(((at - 1 + by + mentions.length) % mentions.length) + 1) }), true);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if ((event.target as Element).closest?.("input, textarea, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "n") step(1);
      if (event.key === "p") step(-1);
    };
    document.addEventListener("keydown", keys);
    return () => document.removeEventListener("keydown", keys);
  });
  if (!now) return null;
  return (
    <div className="walk" role="group" aria-label={`Mentions of ${now.entity.name}`}>
      <Name of={now.entity} />
      <span role="status">
        {at} of {mentions.length}: “{now.text}”
      </span>
      <button type="button" onClick={() => step(-1)} aria-keyshortcuts="p">
        Previous <kbd>p</kbd>
      </button>
      <button type="button" onClick={() => step(1)} aria-keyshortcuts="n">
        Next <kbd>n</kbd>
      </button>
      <CorrectLink id={now.entity.id} story={story} label={now.entity.name}>
        Correct
      </CorrectLink>
      <Link href={withParams({ name: null, mention: null })}>Done</Link>
    </div>
  );
}

export function StoriesPage() {
  const { params } = useAddress();
  const text = params.get("words") ?? "";
  const { data, error, again } = useAsk(StoriesDocument, { filter: text ? { text } : {} });
  const words = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What is typed is its own until it is sent; where the address is another, as after Back, it is what is asked there.
    if (words.current) words.current.value = text;
  }, [text]);
  return (
    <>
      <header className="title">
        <h1 tabIndex={-1}>Stories</h1>
      </header>
      <form
        className="row"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          go(withParams({ words: String(new FormData(event.currentTarget).get("words") ?? "").trim() || null }));
        }}
      >
        <input
          ref={words}
          type="text"
          name="words"
          aria-label="Words of the headline or the text"
          placeholder="Words of the headline or the text"
          defaultValue={text}
        />
        <button type="submit">Find</button>
      </form>
      {error ? (
        <Failure error={error} again={again} />
      ) : !data ? (
        <Skeleton what="stories" />
      ) : data.stories.edges.length === 0 ? (
        <Empty>
          {text
            ? "No story has these words. Write fewer of them, or the beginning of one."
            : "No stories are loaded yet: newsgraph load FILE … loads some."}
        </Empty>
      ) : (
        <ul className="stories">
          {data.stories.edges.map(({ node }) => (
            <li key={node.id}>
              <Link href={path("story", node.id)}>{node.headline || "A story without a headline"}</Link>
              <span className="faint">
                {" "}
                {[node.publisher, node.published ? partial(node.published) : "no date"].filter(Boolean).join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {data?.stories.pageInfo.hasNextPage && <p className="faint">The newest {data.stories.edges.length} are shown. Words narrow them.</p>}
    </>
  );
}
