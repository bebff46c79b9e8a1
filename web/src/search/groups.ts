import type { EntityKind, NameMatch } from "../api/gen/documents";
import { kinds } from "../words/words";

interface Answer {
  match: NameMatch;
  node: { kind: EntityKind };
}

/** What a search finds, under headings: by kind, in the order of the best name of each, so that the best of all stays first; then what may have been meant. */
export function groups<T extends Answer>(found: readonly T[]): { group: string; of: T }[] {
  const near = found.filter((one) => one.match === "NEAR");
  const meant = found.filter((one) => one.match !== "NEAR");
  const order = [...new Set(meant.map((one) => one.node.kind))];
  return [
    ...order.flatMap((kind) => meant.filter((one) => one.node.kind === kind).map((of) => ({ group: kinds[kind].plural, of }))),
    ...near.map((of) => ({ group: meant.length > 0 ? "Spelled nearly so" : "Did you mean", of })),
  ];
}
