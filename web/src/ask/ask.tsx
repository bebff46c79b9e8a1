import { address, go, useAddress } from "../route/route";
import { partial } from "../words/dates";
import { action, clip, list, modalities, types } from "../words/words";
import {
  PickActions,
  PickAsOf,
  PickClaims,
  PickDates,
  PickNames,
  PickSources,
  PickTold,
  PickWords,
  RollUp,
  sources,
  useActions,
  useCalled,
} from "./pick";
import { anything, isAnything, meaningless, type Question, type Rolled, read, write } from "./question";
import { Word } from "./word";

type Named = Rolled | "with" | "where";

/** The question, from the address, and how to ask another. */
export function useQuestion(): { question: Question; ask: (part: Partial<Question>) => void } {
  const { path, params } = useAddress();
  const question = read(params);
  return { question, ask: (part) => go(address(path, write({ ...question, ...part }, new URLSearchParams(location.search)))) };
}

export function did(question: Question, past: (action: string) => string = action): string {
  const words = [...question.type.map((type) => types[type]), ...question.did.map(past)];
  return words.length ? words.slice(0, 3).join(" or ") + (words.length > 3 ? " …" : "") : "did anything";
}

export function dates({ from, until, undated }: Question): string {
  if (!from && !until) return "at any time";
  const span =
    from && until
      ? from === until
        ? `in ${partial(from)}`
        : `${partial(from)} – ${partial(until)}`
      : from
        ? `since ${partial(from)}`
        : `until ${partial(until)}`;
  return undated ? `${span} or undated` : span;
}

/** What is asked: one line that reads as a sentence, each word of it a filter. about is whom a page is about. */
export function Ask({ about, between = false }: { about?: string; between?: boolean }) {
  const { question, ask } = useQuestion();
  const called = useCalled(question);
  const lost = meaningless(useAddress().params);
  const pasts = new Map(useActions().map((one) => [one.name, one.past]));
  // Whom a page is about is no word of the question: Clear leaves it.
  const { a, b } = question;
  const all = question.all.filter((word) => (between ? word === "a" || word === "b" : about && word === "involving"));
  const past = (name: string) => pasts.get(name) ?? action(name);
  const names = (part: Named, label: string, any: string, after?: string) => {
    const rolled = question.all.some((word) => word === part);
    return (
      <Word
        label={label}
        after={after}
        value={
          [
            ...(question[part].length ? [`${rolled ? "all of " : ""}${list(question[part].map(called), 2)}`] : []),
            ...(part === "with" && question.armed ? ["any weapon"] : []),
          ].join(", ") || any
        }
        set={question[part].length > 0 || (part === "with" && question.armed)}
      >
        {(close) => (
          <>
            <PickNames
              chosen={question[part]}
              called={called}
              any={any}
              onChange={(ids) => {
                ask({ [part]: ids });
                // What is found stands below: another name is a second thought.
                if (ids.length > question[part].length) close();
              }}
              onAll={
                part === "with" || part === "where"
                  ? undefined
                  : (id) => {
                      ask({ [part]: [id], all: [...new Set([...question.all, part])] });
                      close();
                    }
              }
            />
            {part === "with" && (
              <label>
                <input type="checkbox" checked={question.armed} onChange={() => ask({ armed: !question.armed })} /> any weapon
              </label>
            )}
            {part !== "with" && part !== "where" && <RollUp word={part} question={question} onChange={ask} />}
          </>
        )}
      </Word>
    );
  };
  return (
    <section className="ask" aria-label="What is asked">
      <p>
        {about && <span className="fixed">About {about}: </span>}
        {between ? (
          <>
            <span>Between</span>
            {names("a", "The one", "someone")}
            <span>and</span>
            {names("b", "The other", "someone else", ",")}
            <span>who</span>
          </>
        ) : (
          names("who", "Who", about ? "anyone" : "Anyone")
        )}
        <Word label="Did what" value={did(question, past)} set={question.did.length + question.type.length > 0}>
          {() => <PickActions did={question.did} type={question.type} onChange={(did, type) => ask({ did, type })} />}
        </Word>
        {!between && (
          <>
            {/* Anyone condemned anyone, but did anything to anyone. */}
            {question.did.length + question.type.length === 0 && <span>to</span>}
            {names("to", "To whom", "anyone")}
          </>
        )}
        <span>with</span>
        {names("with", "With what", "anything")}
        <span>in</span>
        {names("where", "Where", "any place", ",")}
        <Word label="When" after="," value={dates(question)} set={dates(question) !== "at any time"}>
          {(close) => (
            <>
              <PickDates
                question={question}
                onChange={(part) => {
                  ask(part);
                  if (part.from || part.until) close();
                }}
              />
              <PickAsOf onChange={close} />
            </>
          )}
        </Word>
        <Word
          label="Told how"
          value={
            question.told.length || question.news
              ? [...question.told.map((one) => modalities[one].label), ...(question.news ? ["as news"] : [])].join(" or ")
              : "told in any way"
          }
          set={question.told.length > 0 || question.news}
        >
          {() => <PickTold question={question} onChange={ask} />}
        </Word>
        <span>in</span>
        <Word
          label="In which words"
          after=","
          value={question.words ? `“${clip(question.words)}”` : "any words"}
          set={question.words !== ""}
        >
          {() => <PickWords words={question.words} onChange={(words) => ask({ words })} />}
        </Word>
        <span>said by</span>
        {names("said", "Said by", "anyone", ",")}
        <span>told by</span>
        <Word label="Sources" after="," value={sources[question.sources][0]} set={question.sources !== ""}>
          {() => <PickSources sources={question.sources} onChange={(sources) => ask({ sources })} />}
        </Word>
        <Word
          label="Claims"
          after={about || between ? undefined : ","}
          value={{ "": "facts and claims", facts: "facts alone", only: "claims alone" }[question.claims]}
          set={question.claims !== ""}
        >
          {() => <PickClaims claims={question.claims} onChange={(claims) => ask({ claims })} />}
        </Word>
        {!about && !between && (
          <>
            <span>involving</span>
            {names("involving", "Involving", "anyone")}
          </>
        )}
        {!isAnything(question) && (
          <button
            type="button"
            className="plain"
            onClick={() => go(address(location.pathname, write({ ...anything, a, b, all }, new URLSearchParams(location.search))))}
          >
            Clear
          </button>
        )}
      </p>
      {lost.length > 0 && (
        <p className="hint" role="status">
          The link also asks for {lost.map(([name, value]) => `${name}=${clip(value)}`).join(", ")}, which means nothing here: it was left
          out.
        </p>
      )}
    </section>
  );
}
