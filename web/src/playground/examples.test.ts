import { readFileSync } from "node:fs";
import { Kind, parse } from "graphql";
import { expect, test } from "vitest";
import { examples, first, parts, worked } from "./examples";

const document = readFileSync(new URL("../../../docs/api.md", import.meta.url), "utf8");

test("the playground has each worked query of the documentation, in its order", () => {
  const queries = document
    .split("```graphql\n")
    .slice(1)
    .map((after) => after.split("\n```", 1)[0]!);
  expect(examples.length).toBe(queries.length);
  for (const [at, { query, name }] of examples.entries()) {
    // Whoever names an operation changes its head alone.
    const body = (text: string) => text.slice(text.search(/[({]/));
    expect(body(query.split("\n\n").slice(1).join("\n\n")).trim()).toBe(body(queries[at]!).trim());
    const operations = parse(query).definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
    expect(operations.map((one) => one.name?.value)).toEqual([name]);
  }
  expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
  expect(new Set(examples.map(({ question }) => question)).size).toBe(examples.length);
  expect(parts.map(([part]) => part)).toEqual([...document.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading));
  expect(parts.flatMap(([, within]) => within)).toEqual(examples);
  expect(first[0]?.name).toBe("WhoCondemnedWhatAndWhen");
});

test("a query is under its question, in its part", () => {
  const made = worked(
    "# All\n\n## People\n\nFor all.\n\n### Who met?\n\nIt tells.\n\n```graphql\n{ a }\n```\n\n```graphql\nmutation ($x: Int) { b }\n```\n\n## Places\n\n### Where?\n\n```graphql\nsubscription { c }\n```\n",
  );
  expect(made).toEqual([
    { part: "People", question: "Who met?", name: "WhoMet", query: "# Who met?\n\nquery WhoMet { a }\n" },
    { part: "People", question: "Who met? (2)", name: "WhoMet2", query: "# Who met?\n\nmutation WhoMet2 ($x: Int) { b }\n" },
    { part: "Places", question: "Where?", name: "Where", query: "# Where?\n\nsubscription Where { c }\n" },
  ]);
});
