import type { EntityKind } from "../api/gen/documents";
import { openStorage } from "../keep/storage";

export interface Recent {
  id: string;
  kind: EntityKind;
  name: string;
}

const most = 8;
const storage = openStorage();

export function recent(): Recent[] {
  try {
    const all = JSON.parse(storage.getItem("recent") ?? "[]");
    return Array.isArray(all) ? all.filter((one) => typeof one?.id === "string" && typeof one.name === "string") : [];
  } catch {
    return [];
  }
}

export function visited(one: Recent) {
  const all = [{ id: one.id, kind: one.kind, name: one.name }, ...recent().filter((other) => other.id !== one.id)];
  storage.setItem("recent", JSON.stringify(all.slice(0, most)));
}
