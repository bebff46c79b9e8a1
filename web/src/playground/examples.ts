// The worked queries of docs/api.md, which a test of the Go program asks and whose answers stand there: each is a tab, under the question that it answers.
import api from "../../../docs/api.md?raw";

export interface Example {
  /** The part of the document that it stands in. */
  part: string;
  /** The question, as its heading asks it; of several queries under one with a number. */
  question: string;
  /** The name of its operation, which is the title of its tab: WhoIsMeant. */
  name: string;
  query: string;
}

/** The queries of a document in its order, each with an operation of its own name. */
export function worked(document: string): Example[] {
  const [, ...parts] = document.split(/^## /m);
  return parts.flatMap((text) => {
    const [opening, ...sections] = text.split(/^### /m);
    return sections.flatMap((section) => asked(opening!.split("\n", 1)[0]!.trim(), section));
  });
}

function asked(part: string, section: string): Example[] {
  const heading = section.split("\n", 1)[0]!.trim();
  const name = heading.replace(/[^A-Za-z ]/g, "").replace(/(?:^| )(\w)/g, (_, first: string) => first.toUpperCase());
  return [...section.matchAll(/^```graphql\n([\s\S]*?)^```$/gm)].map(([, query], at) => {
    const number = at ? `${at + 1}` : "";
    return {
      part,
      question: number ? `${heading} (${number})` : heading,
      name: name + number,
      query: `# ${heading}\n\n${titled(query!, name + number)}`,
    };
  });
}

function titled(query: string, name: string): string {
  return query.startsWith("{") ? `query ${name} ${query}` : query.replace(/^(query|mutation|subscription)( +\w+)?/, `$1 ${name}`);
}

export const examples = worked(api);

/** Those that the playground opens with: a newcomer's first. */
export const first = examples.filter(({ name }) => !/\d$/.test(name)).slice(0, 5);

/** All of them by the parts of the document, in its order. */
export const parts = [...new Set(examples.map(({ part }) => part))].map(
  (part) => [part, examples.filter((one) => one.part === part)] as const,
);
