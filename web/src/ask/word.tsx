import { type ReactNode, useEffect, useId, useRef, useState } from "react";

/** One word of the question: a button that says what is asked, and opens what can be asked instead. */
export function Word({
  label,
  value,
  set,
  after,
  children,
}: {
  label: string;
  value: string;
  set: boolean;
  /** The sign that follows it, which begins no line. */
  after?: string | undefined;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("input, button")?.focus();
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node) && !button.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  return (
    <span className="word">
      <button
        ref={button}
        type="button"
        className={set ? "set" : ""}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={`${label}: ${value}`}
        onClick={() => setOpen(!open)}
      >
        {value}
      </button>
      {after}
      {open && (
        <div
          ref={box}
          id={id}
          role="dialog"
          aria-label={label}
          className="choices"
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            close();
          }}
        >
          {children(close)}
        </div>
      )}
    </span>
  );
}
