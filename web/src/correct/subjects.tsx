// What can be wrong with an entity, an event, a report, a story and a correction.
import { useState } from "react";
import { ask } from "../api/ask";
import {
  ChangeActionDocument,
  CorrectionToUndoDocument,
  type EntityKind,
  EntityToCorrectDocument,
  type EntityToCorrectQuery,
  EventsOfStoryDocument,
  EventToCorrectDocument,
  HideDocument,
  type LineFragment,
  type LoggedFragment,
  MergeDocument,
  type NamesakeFragment,
  PinDocument,
  RedateDocument,
  RenameDocument,
  ReportToCorrectDocument,
  type ReportToCorrectQuery,
  RetypeDocument,
  SplitDocument,
  type StatementsFragment,
  StoryToCorrectDocument,
  UndoDocument,
} from "../api/gen/documents";
import { useAsk } from "../api/use";
import { useActions } from "../ask/pick";
import { go, path, place, withParams } from "../route/route";
import { Combobox, NameLine, useNames } from "../search/names";
import { complaint, partial, when } from "../words/dates";
import { action, kinds, many, modalities, types } from "../words/words";
import { type Deed, Deeds, making, Reading } from "./form";
import { Says } from "./log";
import { corrections, type Named, reach, willChange, willHide, willLeaveOut, willMerge, willRename, willRetype, willSplit } from "./says";

function useEntity(id: string | undefined) {
  const modality = Object.keys(modalities) as (keyof typeof modalities)[];
  return useAsk(EntityToCorrectDocument, id ? { id, events: { participant: [id], modality, claims: "INCLUDE" } } : null);
}

type Entity = EntityToCorrectQuery & { entity: NonNullable<EntityToCorrectQuery["entity"]> };

function storiesOf({ entity }: Entity): LineFragment[] {
  return [...new Map(entity.mentions.edges.map(({ node }) => [node.story.id, node.story])).values()];
}

function named(of: Entity): Named {
  const { name, mentions } = of.entity;
  return { name, events: of.counts.total, stories: storiesOf(of).length, more: mentions.pageInfo.hasNextPage };
}

export function OfEntity({ id, story }: { id: string; story?: string | undefined }) {
  const asked = useEntity(id);
  return asked.data?.entity ? <WrongEntity of={asked.data as Entity} story={story} /> : <Reading asked={asked} what="who this is" />;
}

function WrongEntity({ of, story }: { of: Entity; story: string | undefined }) {
  const { id, name, kind } = of.entity;
  const one = named(of);
  const [other, setOther] = useState<NamesakeFragment>();
  const [stays, setStays] = useState("this");
  const [called, setCalled] = useState("");
  const [another, setAnother] = useState("");
  const [as, setAs] = useState<EntityKind>();
  const stories = storiesOf(of);
  const [meant, setMeant] = useState<string[]>(story ? [story] : []);
  const asked = useEntity(other?.id);
  const both = other && asked.data?.entity?.id === other.id ? named(asked.data as Entity) : undefined;
  const { data: known } = useNames(another.trim(), kind);
  const same = (known?.search.edges ?? [])
    .map((edge) => edge.node.name)
    .filter((found) => found.toLowerCase() === another.trim().toLowerCase());
  const label = kinds[kind].label;
  const merge: Deed = {
    name: "merge",
    wrong: "Another entity is the same as it",
    does: "Merge",
    fields: other ? (
      <fieldset>
        <legend>Which of the two stays?</legend>
        {[
          { value: "this", text: name },
          { value: "other", text: other.name },
        ].map(({ value, text }) => (
          <label key={value}>
            <input type="radio" name="stays" checked={stays === value} onChange={() => setStays(value)} /> {text}
          </label>
        ))}
        <button type="button" className="plain" onClick={() => setOther(undefined)}>
          Another than {other.name}
        </button>
      </fieldset>
    ) : (
      <PickOne label={`Who is the same as ${name}?`} not={id} onPick={setOther} />
    ),
    will: !both ? null : stays === "this" ? willMerge(both, name) : willMerge(one, both.name),
    make: (why) => making(MergeDocument, { ids: stays === "this" ? [id, other?.id ?? ""] : [other?.id ?? "", id], ...why }),
    next: () => {
      if (other && stays === "other" && location.pathname === path("entity", id)) go(path("entity", other.id));
    },
  };
  const split: Deed = {
    name: "split",
    wrong: story ? "This story means another of that name" : "Some stories mean another of that name",
    does: "Tell them apart",
    fields: (
      <>
        <label className="field">
          What the other is called, so that readers can tell them apart
          <input type="text" placeholder={`${name} (admiral)`} value={another} onChange={(event) => setAnother(event.target.value)} />
        </label>
        <fieldset className="stories">
          <legend>Which stories mean the other?</legend>
          {stories.map((line) => (
            <label key={line.id}>
              <input
                type="checkbox"
                checked={meant.includes(line.id)}
                onChange={() => setMeant(meant.includes(line.id) ? meant.filter((one) => one !== line.id) : [...meant, line.id])}
              />{" "}
              {titled(line)}
            </label>
          ))}
          {story && !stories.some((line) => line.id === story) && <p className="hint">And the story that you came from.</p>}
          {one.more && <p className="hint">The newest are listed; “In this story …” is also on each story's page.</p>}
        </fieldset>
      </>
    ),
    will: another.trim() && meant.length ? willSplit(one, meant.length, another.trim(), same) : null,
    make: (why) => making(SplitDocument, { id, stories: meant, name: another.trim(), ...why }),
  };
  const rename: Deed = {
    name: "rename",
    wrong: "Its name is wrong",
    does: "Rename",
    fields: (
      <label className="field">
        What it is called
        <input type="text" placeholder={name} value={called} onChange={(event) => setCalled(event.target.value)} />
      </label>
    ),
    will: called.trim() && called.trim() !== name ? willRename(one, called.trim()) : null,
    make: (why) => making(RenameDocument, { id, name: called.trim(), ...why }),
  };
  const retype: Deed = {
    name: "retype",
    wrong: `It is no ${label}`,
    does: "Change what it is",
    fields: (
      <label className="field">
        What it is
        <select value={as ?? ""} onChange={(event) => setAs((event.target.value || undefined) as EntityKind | undefined)}>
          <option value="">Choose</option>
          {(Object.keys(kinds) as EntityKind[])
            .filter((one) => one !== kind)
            .map((one) => (
              <option key={one} value={one}>
                {kinds[one].label}
              </option>
            ))}
        </select>
      </label>
    ),
    will: as ? willRetype(one, label, kinds[as].label) : null,
    make: (why) => making(RetypeDocument, { id, kind: as ?? kind, ...why }),
  };
  return <Deeds title={`Correct ${name}`} deeds={story ? [split, merge, rename, retype] : [merge, split, rename, retype]} />;
}

function PickOne({ label, not, onPick }: { label: string; not: string; onPick: (one: NamesakeFragment) => void }) {
  const [typed, setTyped] = useState("");
  const { query, data, loading } = useNames(typed);
  const found = (query ? (data?.search.edges ?? []) : []).map((edge) => edge.node).filter((node) => node.id !== not);
  return (
    <Combobox
      label={label}
      placeholder={label}
      value={typed}
      settled={typed.trim() === query && !loading}
      onChange={setTyped}
      options={found.map((node) => ({ id: node.id, label: <NameLine of={node} />, choose: () => onPick(node) }))}
    >
      <p className="hint" role="status">
        {query && !loading && found.length === 0 ? "Nobody else is called so. Try the beginning of a word." : ""}
      </p>
    </Combobox>
  );
}

function titled({ headline, publisher, published }: LineFragment): string {
  return [headline || "A story without a headline", publisher, published ? partial(published) : "no date"].filter(Boolean).join(", ");
}

/** An event or one of its reports: what can be wrong with either is the same. */
function useStatement(of: Pick<StatementsFragment, "id" | "action" | "when">, event: StatementsFragment) {
  const all = of.id === event.id;
  const reached = reach(event.reports);
  // An event that has no report left is followed to where its words went.
  const next = () => (all || event.reports.edges.length === 1 ? follow(event) : undefined);
  const [date, setDate] = useState("");
  const [did, setDid] = useState("");
  const actions = useActions();
  const wrong = complaint(date.trim());
  const redate: Deed = {
    name: "redate",
    wrong: `It was not ${of.when.from || of.when.to ? `on ${when(of.when)}` : "without a date"}`,
    does: "Change the date",
    fields: (
      <>
        <label className="field">
          When it was
          <input
            type="text"
            placeholder="2024-01-09"
            value={date}
            aria-describedby="redate"
            onChange={(event) => setDate(event.target.value)}
          />
        </label>
        <p className="hint" id="redate" role="status">
          {wrong ?? "A year, a month or a day."}
        </p>
      </>
    ),
    will: date.trim() && !wrong ? willChange(all, reached, `it was ${partial(date.trim())}`) : null,
    make: (why) => making(RedateDocument, { ids: [of.id], date: date.trim(), ...why }),
    next,
  };
  const retype: Deed = {
    name: "action",
    wrong: `It is not “${action(of.action)}”`,
    does: "Change the action",
    fields: (
      <label className="field">
        What was done
        <select value={did} onChange={(event) => setDid(event.target.value)}>
          <option value="">Choose</option>
          {Object.entries(types).map(([type, label]) => (
            <optgroup key={type} label={label}>
              {actions
                .filter((one) => one.type === type && one.name !== of.action)
                .map((one) => (
                  <option key={one.name} value={one.name}>
                    {action(one.name)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
    ),
    will: did ? willChange(all, reached, `what was done is “${action(did)}”`) : null,
    make: (why) => making(ChangeActionDocument, { ids: [of.id], action: did, ...why }),
    next,
  };
  return [redate, retype];
}

/** The page of an event, or its proof, goes on to the event that its words are of now. */
async function follow({ id, reports }: StatementsFragment) {
  const first = reports.edges[0]?.node;
  const params = new URLSearchParams(location.search);
  const here = place(location.pathname);
  const shown = here.view === "event" && here.id === id;
  if (!first || (!shown && params.get("proof") !== id)) return;
  const { story } = await ask(EventsOfStoryDocument, { id: first.story.id });
  const now = story?.reports.edges.find(({ node }) => node.trigger.begin === first.trigger.begin)?.node.event.id;
  if (now) go(shown ? path("event", now) : withParams({ proof: now }), true);
}

export function OfEvent({ id }: { id: string }) {
  const asked = useAsk(EventToCorrectDocument, { id });
  return asked.data?.event ? <WrongEvent of={asked.data.event} /> : <Reading asked={asked} what="the event" />;
}

function WrongEvent({ of }: { of: StatementsFragment }) {
  const reached = reach(of.reports);
  const changes = useStatement(of, of);
  const hide: Deed = {
    name: "hide",
    wrong: "It is wrong: the sentences do not say this",
    does: "Hide it",
    will: willHide(reached),
    make: (why) => making(HideDocument, { ids: [of.id], ...why }),
  };
  return <Deeds title={`Correct “${of.title}”`} deeds={[hide, ...changes]} />;
}

type Report = Extract<ReportToCorrectQuery["node"], { event: StatementsFragment }>;

export function OfReport({ id }: { id: string }) {
  const asked = useAsk(ReportToCorrectDocument, { id });
  const node = asked.data?.node;
  return node && "event" in node ? <WrongReport of={node as Report} /> : <Reading asked={asked} what="the report" />;
}

function WrongReport({ of }: { of: Report }) {
  const reached = reach(of.event.reports);
  const changes = useStatement(of, of.event);
  const hide: Deed = {
    name: "hide",
    wrong: "The report is wrong: its sentence does not say this",
    does: "Leave it out",
    will: willLeaveOut(of.event.title, reached),
    make: (why) => making(HideDocument, { ids: [of.id], ...why }),
  };
  return <Deeds title={`Correct what “${titled(of.story)}” reports`} deeds={[hide, ...changes]} />;
}

export function OfStory({ id }: { id: string }) {
  const asked = useAsk(StoryToCorrectDocument, { id });
  const story = asked.data?.story;
  if (!story) return <Reading asked={asked} what="the story" />;
  const { edges, pageInfo } = story.reports;
  const pin: Deed = {
    name: "pin",
    wrong: "",
    does: "Pin it",
    will: `The reading of this story stays as it is now, with its ${pageInfo.hasNextPage ? "at least " : ""}${many(edges.length, "report")} and all corrections, whatever later readers find in it.`,
    make: (why) => making(PinDocument, { id, ...why }),
  };
  return <Deeds title={`Pin the reading of “${story.headline || "a story without a headline"}”`} deeds={[pin]} />;
}

export function OfCorrection({ id }: { id: string }) {
  const asked = useAsk(CorrectionToUndoDocument, { id });
  const node = asked.data?.node as LoggedFragment | null | undefined;
  if (!node?.says) return <Reading asked={asked} what="the correction" />;
  const back = node.kind === "UNDO";
  const undo: Deed = {
    name: "undo",
    wrong: "",
    does: back ? "Bring it back" : "Undo it",
    will: node.holds ? (
      <>
        “<Says of={node} linked={false} />” {back ? "holds again" : "has no effect any more"}. The log keeps both.
      </>
    ) : null,
    make: (why) => making(UndoDocument, { id, ...why }),
  };
  return (
    <Deeds
      title={
        back
          ? `Bring back: ${corrections[node.undoes?.kind ?? "UNDO"].done.toLowerCase()}`
          : `Undo: ${corrections[node.kind].done.toLowerCase()}`
      }
      deeds={[undo]}
    />
  );
}
