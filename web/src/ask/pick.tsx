import { type ReactNode, useState } from "react";
import { ActionsDocument, type EventType, type Modality, NamesDocument } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { asOf, go, withParams } from "../route/route";
import { Combobox, NameLine, useNames } from "../search/names";
import { complaint } from "../words/dates";
import { QuadMark } from "../words/marks";
import { action, modalities, types } from "../words/words";
import { countries, type Question, type Rolled } from "./question";

/** Names for the ids that a question holds. What is no id is a name already: the API takes both. */
export function useCalled(question: Question): (id: string) => string {
  const ids = [
    ...new Set(
      [question.who, question.to, question.with, question.where, question.involving, question.said, question.a, question.b].flat(),
    ),
  ]
    .filter((id) => id.includes(":"))
    .sort();
  const { data } = useAsk(NamesDocument, ids.length ? { ids } : null);
  const names = new Map(
    (data?.nodes ?? []).flatMap((node) => (node && "name" in node && node.name ? [[node.id, node.name] as const] : [])),
  );
  return (id) => names.get(id) ?? (id.includes(":") ? id.slice(id.lastIndexOf("/") + 1 || id.indexOf(":") + 1).replaceAll("-", " ") : id);
}

export function PickNames({
  chosen,
  called,
  any,
  onChange,
  onAll,
}: {
  chosen: string[];
  called: (id: string) => string;
  any: string;
  onChange: (ids: string[]) => void;
  /** Takes a state with all that belongs to it, where the word can be rolled up. */
  onAll?: ((id: string) => void) | undefined;
}) {
  const [typed, setTyped] = useState("");
  const { query, data, loading, error } = useNames(typed);
  const found = (query ? (data?.search.edges ?? []) : []).map((edge) => edge.node).filter((node) => !chosen.includes(node.id));
  return (
    <>
      {chosen.length > 0 && (
        <p className="chosen">
          {chosen.map((id) => (
            <button
              key={id}
              type="button"
              aria-label={`Without ${called(id)}`}
              onClick={() => onChange(chosen.filter((other) => other !== id))}
            >
              {called(id)} <span aria-hidden="true">×</span>
            </button>
          ))}
          <button type="button" className="plain" onClick={() => onChange([])}>
            {any}
          </button>
        </p>
      )}
      <Combobox
        label="Search a name"
        placeholder="Type a name"
        value={typed}
        onChange={setTyped}
        settled={typed.trim() === query && !loading}
        options={found.flatMap((node) => {
          const option = (id: string, label: ReactNode, take: () => void) => ({
            id,
            label,
            choose: () => {
              take();
              setTyped("");
            },
          });
          const alone = option(node.id, <NameLine of={node} />, () => onChange([...chosen, node.id]));
          if (!onAll || chosen.length > 0 || !countries([node.id])) return [alone];
          const all = <>all of {node.name}: its government, army, officials, companies and citizens too</>;
          return [alone, option(`${node.id} all`, all, () => onAll(node.id))];
        })}
      >
        <p className="hint" role="status">
          {error
            ? `${error.message} ${error.todo}`
            : !query
              ? `Until then it is ${any}.`
              : loading
                ? "Searching …"
                : found.length === 0
                  ? "Nobody is called so. Try the beginning of a word."
                  : ""}
        </p>
      </Combobox>
    </>
  );
}

/** Whether a state is its government's alone, or stands for all that belongs to it. */
export function RollUp({ word, question, onChange }: { word: Rolled; question: Question; onChange: (part: Partial<Question>) => void }) {
  if (!countries(question[word])) return null;
  const on = question.all.includes(word);
  return (
    <label>
      <input
        type="checkbox"
        checked={on}
        onChange={() => onChange({ all: on ? question.all.filter((other) => other !== word) : [...question.all, word] })}
      />{" "}
      with its government, army, officials, companies and citizens
    </label>
  );
}

const claims = {
  "": ["facts and claims", "Claims are dashed and name who says so."],
  facts: ["facts alone", "What a story tells in its own voice."],
  only: ["claims alone", "What no story tells in its own voice."],
} as const;

export function PickClaims({ claims: chosen, onChange }: { claims: Question["claims"]; onChange: (claims: Question["claims"]) => void }) {
  return (
    <>
      {(Object.keys(claims) as Question["claims"][]).map((one) => (
        <label key={one}>
          <input type="radio" name="claims" checked={chosen === one} onChange={() => onChange(one)} /> {claims[one][0]}
          <span className="hint"> {claims[one][1]}</span>
        </label>
      ))}
    </>
  );
}

export const sources = {
  "": ["any sources", "However many tell it."],
  one: ["one source alone", "One text tells it, wherever that is printed."],
  several: ["several sources", "Texts that differ tell it."],
  differ: ["sources that differ", "Their reports count the dead, injured or arrested differently."],
} as const;

export function PickSources({
  sources: chosen,
  onChange,
}: {
  sources: Question["sources"];
  onChange: (sources: Question["sources"]) => void;
}) {
  return (Object.keys(sources) as Question["sources"][]).map((one) => (
    <label key={one}>
      <input type="radio" name="sources" checked={chosen === one} onChange={() => onChange(one)} /> {sources[one][0]}
      <span className="hint"> {sources[one][1]}</span>
    </label>
  ));
}

export function useActions() {
  return useAsk(ActionsDocument, {}).data?.actions ?? [];
}

export function PickActions({
  did,
  type,
  onChange,
}: {
  did: string[];
  type: EventType[];
  onChange: (did: string[], type: EventType[]) => void;
}) {
  const [typed, setTyped] = useState("");
  const { data, error } = useAsk(ActionsDocument, {});
  const toggle = <T,>(all: T[], one: T) => (all.includes(one) ? all.filter((other) => other !== one) : [...all, one]);
  const fits = (name: string) => action(name).includes(typed.trim().toLowerCase());
  const groups = Object.entries(types)
    .map(([name, label]) => ({ name: name as EventType, label, actions: (data?.actions ?? []).filter((one) => one.type === name) }))
    .filter((group) => group.actions.some((one) => fits(one.name)) || group.label.includes(typed.trim().toLowerCase()));
  return (
    <>
      <input
        type="text"
        aria-label="Find an action"
        placeholder="Find an action"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {(did.length > 0 || type.length > 0) && (
        <p className="chosen">
          <button type="button" className="plain" onClick={() => onChange([], [])}>
            anything
          </button>
        </p>
      )}
      {error && <p className="hint">{error.message}</p>}
      <div className="actions">
        {groups.map((group) => (
          <fieldset key={group.name}>
            <legend>
              <label>
                <input type="checkbox" checked={type.includes(group.name)} onChange={() => onChange(did, toggle(type, group.name))} />
                <QuadMark of={group.actions[0]?.quadClass} /> {group.label}
              </label>
            </legend>
            {group.actions
              .filter((one) => fits(one.name) || group.label.includes(typed.trim().toLowerCase()))
              .map((one) => (
                <label key={one.name}>
                  <input type="checkbox" checked={did.includes(one.name)} onChange={() => onChange(toggle(did, one.name), type)} />
                  {action(one.name)}
                </label>
              ))}
          </fieldset>
        ))}
      </div>
    </>
  );
}

export function PickDates({ question, onChange }: { question: Question; onChange: (part: Partial<Question>) => void }) {
  const [from, setFrom] = useState(question.from);
  const [until, setUntil] = useState(question.until);
  const wrong =
    complaint(from) ?? complaint(until) ?? (from && until && from > until.padEnd(from.length, "9") ? "It ends before it begins." : null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) onChange({ from, until });
      }}
    >
      <p className="row">
        <label>
          From{" "}
          <input
            type="text"
            inputMode="numeric"
            size={11}
            placeholder="2024-01"
            value={from}
            onChange={(event) => setFrom(event.target.value.trim())}
          />
        </label>
        <label>
          to{" "}
          <input
            type="text"
            inputMode="numeric"
            size={11}
            placeholder="2024-12-31"
            value={until}
            onChange={(event) => setUntil(event.target.value.trim())}
          />
        </label>
      </p>
      <p className="hint" role="status">
        {wrong ?? "A year, a month or a day; both ends count."}
      </p>
      <p className="row">
        <button type="submit" disabled={wrong !== null}>
          Ask
        </button>
        <button
          type="button"
          className="plain"
          onClick={() => {
            setFrom("");
            setUntil("");
            onChange({ from: "", until: "", undated: false });
          }}
        >
          at any time
        </button>
      </p>
      <label>
        <input
          type="checkbox"
          checked={question.undated}
          disabled={!question.from && !question.until}
          onChange={(event) => onChange({ undated: event.target.checked })}
        />{" "}
        undated events too
      </label>
    </form>
  );
}

/** All as a reader could know it at the end of a day. */
export function PickAsOf({ onChange }: { onChange: () => void }) {
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        const then = String(new FormData(event.currentTarget).get("as-of") ?? "");
        if (!then) return;
        go(withParams({ "as-of": then, proof: null }));
        onChange();
      }}
    >
      <label>
        as known on <input type="date" name="as-of" defaultValue={asOf()?.slice(0, 10)} required />
      </label>
      <button type="submit">Look back</button>
    </form>
  );
}

export function PickTold({ question, onChange }: { question: Question; onChange: (part: Partial<Question>) => void }) {
  return (
    <>
      {Object.entries(modalities).map(([name, { label }]) => {
        const one = name as Modality;
        const told = question.told.includes(one) ? question.told.filter((other) => other !== one) : [...question.told, one];
        return (
          <label key={name}>
            <input type="checkbox" checked={question.told.includes(one)} onChange={() => onChange({ told })} /> {label}
          </label>
        );
      })}
      <p className="hint">None marked: any of them, each saying what it is.</p>
      <label>
        <input type="checkbox" checked={question.news} onChange={(event) => onChange({ news: event.target.checked })} /> only news, no
        background
      </label>
    </>
  );
}

export function PickWords({ words, onChange }: { words: string; onChange: (words: string) => void }) {
  const [typed, setTyped] = useState(words);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed.trim());
      }}
    >
      <input
        type="text"
        aria-label="Words of the sentence"
        placeholder="missile"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="hint">Words of the sentences that tell it, each or its beginning.</p>
      <p className="row">
        <button type="submit">Ask</button>
        <button type="button" className="plain" onClick={() => onChange("")}>
          any words
        </button>
      </p>
    </form>
  );
}
