// Corrections, where the mistake is seen: the form opens over the view and never leaves it.
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { AskError, ask } from "../api/ask";
import { UndoDocument } from "../api/gen/documents";
import { Link } from "../route/link";
import { useAddress } from "../route/route";
import { many } from "../words/words";
import { Says } from "./log";
import { lastMade, onMade, tell, toCorrect, whoCorrects } from "./made";
import { corrections } from "./says";

const Form = lazy(() => import("./form"));

/** The way to correct a thing of the page; label says which, to those who hear it. */
export function CorrectLink({ id, story, label, children = "Correct" }: { id: string; story?: string; label: string; children?: string }) {
  return (
    <Link className="correct" href={toCorrect(id, story)}>
      {children}
      <span className="hidden"> {label}</span> …
    </Link>
  );
}

export function Correct() {
  const correct = useAddress().params.get("correct");
  return (
    <>
      {correct && (
        <Suspense>
          <Form key={correct} of={correct} />
        </Suspense>
      )}
      <Told />
    </>
  );
}

/** What the last correction did, with the way back, until it is closed. It lies over the page, so that nothing on it moves. */
function Told() {
  const made = useSyncExternalStore(onMade, lastMade);
  const box = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    setSaid("");
    if (made) box.current?.focus({ preventScroll: true });
  }, [made]);
  const undo = async () => {
    if (!made) return;
    setSaid("Undoing …");
    try {
      const by = whoCorrects();
      tell((await ask(UndoDocument, { id: made.correction.id, because: "Undone at once.", by })).made, by);
    } catch (error) {
      setSaid(error instanceof AskError ? error.message : String(error));
    }
  };
  if (!made) return null;
  const { correction, stories } = made;
  return (
    <div ref={box} tabIndex={-1} className="told" role="status">
      <p>
        <strong>
          {correction.undoes && `${corrections.UNDO.done}: `}
          {corrections[(correction.undoes ?? correction).kind].done}
        </strong>
        : <Says of={correction} linked={false} />
        <br />
        <span className="faint">{stories ? `${many(stories, "story", "stories")} changed.` : "No story is another by it now."}</span> {said}
      </p>
      <p className="row">
        <button type="button" onClick={undo}>
          {correction.kind === "UNDO" ? "Bring back" : "Undo"}
        </button>
        <Link href="/corrections">All corrections</Link>
        <button type="button" className="plain" aria-label="Close what was corrected" onClick={() => tell(null)}>
          ×
        </button>
      </p>
    </div>
  );
}
