import type { ReactNode } from "react";
import type { AskError } from "../api/ask";

export function Skeleton({ lines = 6, what }: { lines?: number; what: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="hidden">Loading {what} …</span>
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={at} style={{ width: `${92 - ((at * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

export function Failure({ error, again }: { error: AskError; again: () => void }) {
  return (
    <div className="state" role="alert">
      <p>
        <strong>{error.message}</strong>
      </p>
      <p>{error.todo}</p>
      <button type="button" onClick={again}>
        Try again
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return (
    <div className="state" role="status">
      {children}
    </div>
  );
}
