// The one way to the graph: the public GraphQL API, as anyone can ask it.
import type { TypedDocumentString } from "./gen/documents";

const address = "/graphql";

/** What went wrong, and what the reader can do about it. */
export class AskError extends Error {
  readonly todo: string;
  readonly code: string;
  constructor(message: string, todo: string, code: string) {
    super(message);
    this.todo = todo;
    this.code = code;
  }
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Asks once. Errors that leave data in place (one unknown id of several) are no error here: what is null is not shown. */
export async function ask<T, V>(document: TypedDocumentString<T, V>, variables: V, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new AskError("The server does not answer.", "See whether newsgraph is still running, then try again.", "UNREACHABLE");
  }
  let answer: Answer<T>;
  try {
    answer = (await response.json()) as Answer<T>;
  } catch {
    throw new AskError(
      `The server answers ${response.status}, and no JSON.`,
      "Something between this page and newsgraph may be in the way. Try again.",
      "NO_JSON",
    );
  }
  const first = answer.errors?.[0];
  const empty = !answer.data || Object.values(answer.data).every((value) => value === null);
  if (first && empty) throw new AskError(sentence(first.message), todo(first.extensions?.code ?? ""), first.extensions?.code ?? "");
  if (!answer.data) throw new AskError(`The server answers ${response.status} without data.`, "Try again.", "NO_DATA");
  return answer.data;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What to do about an error of the API, by its code. */
export function todo(code: string): string {
  switch (code) {
    case "NOT_FOUND":
      return "The link may be older than the stories that are loaded now. Search for the name instead.";
    case "BAD_USER_INPUT":
      return "Change or clear the word of the question that it names.";
    case "QUERY_TOO_COMPLEX":
      return "Ask for less at once: add a date or an action.";
    default:
      return "Try again; if it stays, the server's log says more.";
  }
}
