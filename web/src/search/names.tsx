// As you type: names, with what tells namesakes apart. The search box and the words of the question share it.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import { type EntityKind, type NamesakeFragment, SearchDocument, SearchStoriesDocument } from "../api/gen/documents";
import { useAsk } from "../api/use";
import { pieces } from "../proof/highlight";
import { KindMark } from "../words/marks";
import { list } from "../words/words";

export function useLate<T>(value: T, milliseconds = 150): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return late;
}

/** What a search finds while it is typed; kind narrows it. */
export function useNames(typed: string, kind?: EntityKind) {
  const query = useLate(typed.trim());
  return { query, ...useAsk(SearchDocument, query ? { query, ...(kind && { kind: [kind] }) } : null) };
}

/** Which stories of those that are found. */
export interface Within {
  year?: string;
  publisher?: string;
}

export function useStories(text: string, { year, publisher }: Within = {}) {
  const filter = { text, ...(publisher && { publisher }), ...(year && { published: { from: year, to: year } }) };
  return useAsk(SearchStoriesDocument, text.length > 2 ? { text, filter } : null);
}

/** Text whose first code point stands at offset, with the words that were searched for marked. */
export function Marked({ text, offset = 0, words }: { text: string; offset?: number; words: { begin: number; end: number }[] }) {
  const marks = words.map((word) => ({ ...word, kind: "word", title: "" }));
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other
  return pieces(text, offset, marks).map((piece, at) => (piece.marks.length ? <mark key={at}>{piece.text}</mark> : piece.text));
}

/** What tells a name from its namesakes: office or class, country, other names. */
export function Apart({ of }: { of: NamesakeFragment }) {
  const others = of.aliases.filter((alias) => alias !== of.description);
  return (
    <span className="apart">
      {[of.description, of.country, others.length > 0 && `also ${list(others, 2)}`].filter(Boolean).join(" · ")}
    </span>
  );
}

export interface Option {
  id: string;
  group?: string;
  label: ReactNode;
  choose: () => void;
}

/** An input with its options below: arrows walk them, Enter takes one. WAI-ARIA's combobox with a listbox. */
export function Combobox({
  label,
  placeholder,
  value,
  onChange,
  options,
  settled,
  children,
}: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  options: Option[];
  /** The options are those of what is typed. Enter waits until they are. */
  settled: boolean;
  children?: ReactNode;
}) {
  const id = useId();
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, options.length - 1);
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (!entered || !settled) return;
    setEntered(false);
    options[chosen]?.choose();
  });
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      const next = (chosen + step + options.length) % options.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      setEntered(true);
    }
  };
  return (
    <div className="combobox">
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={options[chosen] ? `${id}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          setAt(0);
          setEntered(false);
          onChange(event.target.value);
        }}
        onKeyDown={keys}
      />
      {children}
      <div id={`${id}-list`} role="listbox" aria-label={label} className="options">
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, as the pattern asks
          <div
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="option"
            onPointerMove={() => setAt(index)}
            onClick={option.choose}
          >
            {option.group && option.group !== options[index - 1]?.group && <span className="group">{option.group}</span>}
            <span className="line">{option.label}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** near is the name that is not as it was typed, where that is why it was found. */
export function NameLine({ of, near }: { of: NamesakeFragment; near?: string }) {
  return (
    <>
      <KindMark kind={of.kind} label={false} /> <strong>{of.name}</strong>{" "}
      {near && near !== of.name && <span className="near">spelled “{near}”</span>} <Apart of={of} />
    </>
  );
}
