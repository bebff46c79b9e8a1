import { Component, type ReactNode } from "react";
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

/** heading where nothing else of the page stands; children are other ways out. */
export function Failure({
  error,
  again,
  heading = false,
  children,
}: {
  error: AskError;
  again: () => void;
  heading?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className="state" role="alert">
      {heading ? (
        <h1 tabIndex={-1}>{error.message}</h1>
      ) : (
        <p>
          <strong>{error.message}</strong>
        </p>
      )}
      <p>{error.todo}</p>
      {children}
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

/** What browsers say when a part of the page is not there to be loaded. */
const unloaded = /dynamically imported module|importing a module script|unable to preload/i;

/** A view that breaks says so, and leaves the others standing. heading where nothing else of the page stands. */
export class Fallible extends Component<{ children: ReactNode; heading?: boolean }, { error: Error | null }> {
  override state = { error: null as Error | null };
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const Heading = this.props.heading ? "h1" : "h3";
    return (
      <div className="state" role="alert">
        {unloaded.test(error.message) ? (
          <>
            <Heading tabIndex={-1}>This view could not be loaded</Heading>
            <p>See whether newsgraph is still running, then reload the page.</p>
          </>
        ) : (
          <>
            <Heading tabIndex={-1}>This view broke</Heading>
            <p>{error.message}</p>
            <p>Reload the page. If it stays so, the link in the address bar is what a report should hold.</p>
          </>
        )}
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </div>
    );
  }
}
