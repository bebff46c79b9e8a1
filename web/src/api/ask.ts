// The one way to the graph: the public GraphQL API, as anyone can ask it.
import { asOf } from "../route/route";
import type { TypedDocumentString } from "./gen/documents";

const address = "/graphql";

/** What went wrong, and what the reader can do about it. */
export class AskError extends Error {
  readonly todo: string;
  readonly code: string;
  /** The argument of the API that is at fault, as "id", or nothing. */
  readonly argument: string;
  constructor(message: string, todo: string, code: string, argument = "") {
    super(message);
    this.todo = todo;
    this.code = code;
    this.argument = argument;
  }
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string; argument?: string } }[];
}

/** The moment of an address as the API takes it: a day stands for its end. */
export function moment(then: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(then) ? `${then}T23:59:59Z` : then;
}

/** Asks once, as of the time that the address tells. Errors that leave data in place (one unknown id of several) are no error here: what is null is not shown. */
export async function ask<T, V>(document: TypedDocumentString<T, V>, variables: V, signal?: AbortSignal): Promise<T> {
  const query = document.toString();
  const then = query.includes("$asOf") ? asOf() : null;
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query, variables: then ? { ...variables, asOf: moment(then) } : variables }),
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
  if (first && empty) {
    const { code = "", argument = "" } = first.extensions ?? {};
    throw new AskError(sentence(first.message, argument), todo(code), code, argument);
  }
  if (!answer.data) throw new AskError(`The server answers ${response.status} without data.`, "Try again.", "NO_DATA");
  return answer.data;
}

/** An error of the API in a reader's words: without the argument that it begins with, and what a program would call. */
export function sentence(message: string, argument = ""): string {
  const own = argument && message.startsWith(`${argument}: `) ? message.slice(argument.length + 2) : message;
  const text = own.replace(/; search\(.*$/, "").replace(/^[a-z]/, (letter) => letter.toUpperCase());
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
    case "PAST_TOO_LARGE":
      return "Come back to now; whoever runs newsgraph makes a copy of that time with newsgraph copy --as-of.";
    default:
      return "Try again; if it stays, the server's log says more.";
  }
}
