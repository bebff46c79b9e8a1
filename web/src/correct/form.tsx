import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { AskError, ask } from "../api/ask";
import { type MadeFragment, MayCorrectDocument } from "../api/gen/documents";
import type { Asked } from "../api/use";
import { useAsk } from "../api/use";
import { copy } from "../keep/keep";
import { go, withParams } from "../route/route";
import { Failure, Skeleton } from "../words/states";
import { tell, whoCorrects } from "./made";
import { nouns } from "./says";
import { OfCorrection, OfEntity, OfEvent, OfReport, OfStory } from "./subjects";

/** One thing that may be wrong, and what to do about it. */
export interface Deed {
  name: string;
  /** What is wrong, as the reader would say it. */
  wrong: string;
  /** The verb of the button. */
  does: string;
  /** What else it needs to be told. */
  fields?: ReactNode;
  /** What will change; null until enough is told. */
  will: ReactNode;
  make: (why: { because: string; by: string }) => Promise<MadeFragment>;
  /** Where the page goes when it is made, if not where it is. */
  next?: () => Promise<void> | void;
}

const subjects = { entity: OfEntity, event: OfEvent, report: OfReport, story: OfStory, correction: OfCorrection };

/** The dialog in which a thing is corrected, by its id; ENTITY~STORY is an entity as one story means it. */
export default function Form({ of }: { of: string }) {
  const [id = "", story] = of.split("~");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if ((before instanceof HTMLElement || before instanceof SVGElement) && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const may = useAsk(MayCorrectDocument, {});
  const noun = nouns[id.slice(0, id.indexOf(":"))];
  const Subject = noun && subjects[noun];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      className="searching correcting"
      aria-labelledby="correcting"
      onClose={() => go(withParams({ correct: null }), true)}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <button type="button" className="plain close" aria-label="Close" onClick={() => dialog.current?.close()}>
        ×
      </button>
      {may.error ? (
        <Failure error={may.error} again={may.again} />
      ) : !may.data ? (
        <Skeleton what="what can be corrected" />
      ) : !may.data.__type ? (
        <>
          <Heading>This server takes no corrections</Heading>
          <NoRight keyed={false} />
        </>
      ) : Subject ? (
        <Subject id={id} story={story} />
      ) : (
        <>
          <Heading>There is nothing to correct</Heading>
          <p>The link names no entity, event, report, story or correction: “{id}”.</p>
        </>
      )}
    </dialog>
  );
}

/** What the dialog is about. Who hears the page is told it as soon as it is known. */
function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 id="correcting" ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}

/** Whom to ask for the right, and what he does. */
function NoRight({ keyed }: { keyed: boolean }) {
  const [said, setSaid] = useState("");
  return (
    <div className="state" role="alert">
      <p>
        <strong>{keyed ? "Your key may ask, and not correct." : "Nobody may correct here yet."}</strong> Ask whoever{" "}
        {keyed ? "gave you the key" : "runs this server"} for the right, and send the link of this page: it opens this form for whoever has
        it.
      </p>
      <p>
        <button type="button" onClick={async () => setSaid(await copy("The link", location.href))}>
          Copy the link
        </button>{" "}
        <span role="status">{said}</span>
      </p>
      <p>Whoever runs the server gives the right by a key for you,</p>
      <pre>newsgraph keys add NAME --scope curate{"\n"}newsgraph serve --keys newsgraph.keys</pre>
      {!keyed && (
        <>
          <p>or to all who use the machine that it runs on, and to nobody else:</p>
          <pre>newsgraph serve --curate</pre>
        </>
      )}
    </div>
  );
}

/** While what is to be corrected is read, or if it is not there. */
export function Reading({ asked, what }: { asked: Asked<unknown>; what: string }) {
  return (
    <>
      <Heading>Correct</Heading>
      {asked.error ? (
        <Failure error={asked.error} again={asked.again} />
      ) : asked.loading ? (
        <Skeleton what={what} />
      ) : (
        <p role="alert">It is not in the graph any more: close this, and see the corrections.</p>
      )}
    </>
  );
}

/** What is wrong, why, and who says so; what will change is told before. */
export function Deeds({ title, deeds }: { title: string; deeds: Deed[] }) {
  const [chosen, choose] = useState(deeds[0]?.name);
  const [because, setBecause] = useState("");
  const [by, setBy] = useState(whoCorrects);
  const [error, setError] = useState<AskError>();
  const [making, setMaking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const deed = deeds.find((one) => one.name === chosen) ?? deeds[0];
  if (!deed) return null;
  const make = async () => {
    setMaking(true);
    setError(undefined);
    try {
      const made = await deed.make({ because: because.trim(), by: by.trim() });
      go(withParams({ correct: null }), true);
      await deed.next?.();
      tell(made, by.trim());
    } catch (error) {
      setError(error instanceof AskError ? error : new AskError(String(error), "Reload the page.", "BUG"));
      setMaking(false);
    }
  };
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (deed.will !== null && !making) make();
      }}
    >
      <Heading>{title}</Heading>
      {deeds.length > 1 && (
        <fieldset>
          <legend>What is wrong?</legend>
          {deeds.map((one) => (
            <label key={one.name}>
              <input type="radio" name={`${id}-deed`} checked={one === deed} onChange={() => choose(one.name)} /> {one.wrong}
            </label>
          ))}
        </fieldset>
      )}
      {deed.fields && <div className="fields">{deed.fields}</div>}
      <label className="field">
        Why, in words that others can check
        <textarea rows={2} required value={because} onChange={(event) => setBecause(event.target.value)} />
      </label>
      <label className="field">
        Who says so
        <input type="text" required autoComplete="name" value={by} onChange={(event) => setBy(event.target.value)} />
      </label>
      <p className="will" role="status">
        {deed.will ?? "What will change is told here, as soon as it is known what is right."}
      </p>
      {error?.code === "FORBIDDEN" ? (
        <NoRight keyed />
      ) : (
        error && (
          <p role="alert">
            <strong>{error.message}</strong>
          </p>
        )
      )}
      <p className="row">
        <button type="submit" disabled={deed.will === null || making}>
          {making ? "Correcting …" : deed.does}
        </button>
        <button type="button" className="plain" onClick={() => form.current?.closest("dialog")?.close()}>
          Cancel
        </button>
      </p>
    </form>
  );
}

/** Makes a correction by one of the mutations. */
export async function making<V>(document: Parameters<typeof ask<{ made: MadeFragment }, V>>[0], variables: V): Promise<MadeFragment> {
  return (await ask(document, variables)).made;
}
