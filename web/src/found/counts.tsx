import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import type { Question } from "../ask/question";
import { partial } from "../words/dates";
import { QuadMark } from "../words/marks";
import { many, quad } from "../words/words";
import { type Bucket, buckets } from "./buckets";
import type { Months } from "./events";

const order = [2, 1, 0, 3, 4] as const;

function told({ name, count, claims }: Bucket): string {
  return `${partial(name)}: ${many(count - claims, "event")}${claims ? ` and ${many(claims, "claim")}` : ""}`;
}

/** Events by month as columns. Dragging over them, or Enter and Shift with the arrows, asks for those months alone. */
export function Counts({ months, question, ask }: { months: Months; question: Question; ask: (part: Partial<Question>) => void }) {
  const { unit, buckets: columns, vague, more } = useMemo(() => buckets(months, question.claims), [months, question.claims]);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const [focus, setFocus] = useState(0);
  const dragged = useRef(false);
  const row = useRef<HTMLDivElement>(null);
  if (columns.length === 0) return null;
  const most = Math.max(1, ...columns.map((column) => column.count));
  const at = Math.min(focus, columns.length - 1);
  const range = drag && [Math.min(...drag), Math.max(...drag)];
  const asked = (name: string) =>
    (question.from || question.until) &&
    (!question.from || name.slice(0, question.from.length) >= question.from.slice(0, name.length)) &&
    (!question.until || name <= question.until.slice(0, name.length));
  const take = (from: number, until: number) => {
    const first = columns[Math.min(from, until)];
    const last = columns[Math.max(from, until)];
    if (first && last) ask({ from: first.name, until: last.name });
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = Math.max(0, Math.min(columns.length - 1, at + step));
      setFocus(next);
      row.current?.querySelectorAll("button")[next]?.focus();
      if (event.shiftKey) setDrag([drag?.[0] ?? at, next]);
      else setDrag(null);
    } else if (event.key === "Enter" && range) {
      event.preventDefault();
      take(...(range as [number, number]));
      setDrag(null);
    }
  };
  const used = order.filter((of) => columns.some((column) => column.by[of] > 0));
  const every = Math.ceil(columns.length / 6);
  return (
    <figure className="counts">
      <figcaption>
        <span>
          Told as fact and as news, by {unit}
          {more && "; only the fullest are drawn"}
          {vague > 0 && `; ${many(vague, "more is", "more are")} not told to the ${unit}`}
        </span>
        <span className="legend">
          {used.map((of) => (
            <QuadMark key={of} of={of} label />
          ))}
          {columns.some((column) => column.claims > 0) && <span className="mark claims">claims</span>}
        </span>
      </figcaption>
      <div
        ref={row}
        className="columns"
        role="toolbar"
        aria-label={`Events by ${unit}: arrows walk, Enter asks for one, Shift with arrows for several`}
        onKeyDown={keys}
        onPointerLeave={() => setDrag(null)}
        onPointerUp={() => {
          if (drag && drag[0] !== drag[1]) {
            dragged.current = true;
            take(...drag);
          }
          setDrag(null);
        }}
      >
        {columns.map((column, index) => (
          <button
            key={column.name}
            type="button"
            tabIndex={index === at ? 0 : -1}
            className={(range && index >= (range[0] as number) && index <= (range[1] as number)) || asked(column.name) ? "in" : ""}
            aria-label={told(column)}
            title={told(column)}
            onFocus={() => setFocus(index)}
            onPointerDown={(event) => {
              dragged.current = false;
              if (event.pointerType === "mouse") setDrag([index, index]);
            }}
            onPointerEnter={() => drag && setDrag([drag[0], index])}
            onClick={() => {
              if (!dragged.current) take(index, index);
              dragged.current = false;
            }}
          >
            {order.map((of) =>
              column.by[of] > 0 ? (
                <span
                  key={of}
                  className={`bar quad-${of} ${quad(of).filled ? "" : "open"}`}
                  style={{ height: `${(100 * column.by[of]) / most}%` }}
                />
              ) : null,
            )}
            {column.claims > 0 && <span className="bar claims" style={{ height: `${(100 * column.claims) / most}%` }} />}
          </button>
        ))}
      </div>
      <div className="axis" aria-hidden="true">
        {columns.map((column, index) => (
          <span key={column.name}>
            {index % every === 0 && index + every / 2 < columns.length
              ? unit === "year"
                ? column.name
                : partial(column.name).replace(/^(\p{L}{3})\p{L}*/u, "$1")
              : ""}
          </span>
        ))}
      </div>
    </figure>
  );
}
