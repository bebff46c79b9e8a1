// How the explorer says and draws what the schema enumerates. Each class has a colour, a shape and a label: never colour alone.
import type { EntityKind, EventType, Modality } from "../api/gen/documents";

export interface Colours {
  light: string;
  dark: string;
}

/** What everything stands on. */
export const ground: Colours = { light: "#ffffff", dark: "#14181f" };
export const raised: Colours = { light: "#f4f6f9", dark: "#1c222c" };
/** What is written on it. */
export const ink: Colours = { light: "#1a2029", dark: "#e6eaf0" };
export const edge: Colours = { light: "#7a8694", dark: "#7d8896" };
export const heat: Colours = { light: "#f0c36b", dark: "#9a6a00" };
export const link: Colours = { light: "#0b4f9e", dark: "#8cc2ff" };

/** The theme that shows, of the system or as the reader chose it: for what is drawn where no style sheet reaches. */
export function theme(): keyof Colours {
  const scheme = document.documentElement.style.colorScheme;
  return scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches) ? "dark" : "light";
}

export interface Kind {
  label: string;
  plural: string;
  colour: Colours;
  /** Of a 16 by 16 drawing; the network draws the same shape. */
  icon: string;
  shape: "ellipse" | "hexagon" | "rectangle" | "triangle" | "star" | "octagon" | "diamond";
}

export const kinds: Record<EntityKind, Kind> = {
  PERSON: {
    label: "person",
    plural: "People",
    colour: { light: "#5b3fa8", dark: "#c0aaff" },
    icon: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
    shape: "ellipse",
  },
  STATE: {
    label: "state",
    plural: "States",
    colour: { light: "#0a5a8a", dark: "#79c0ff" },
    icon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z",
    shape: "hexagon",
  },
  ORGANISATION: {
    label: "organisation",
    plural: "Organisations",
    colour: { light: "#066157", dark: "#5fd3c0" },
    icon: "M2.5 2.5h11v11h-11Z",
    shape: "rectangle",
  },
  PLACE: { label: "place", plural: "Places", colour: { light: "#7a5200", dark: "#e3b341" }, icon: "M8 2l7 12H1Z", shape: "triangle" },
  WEAPON: {
    label: "weapon",
    plural: "Weapons",
    colour: { light: "#a8203e", dark: "#ff9aa8" },
    icon: "M8 .8l2.1 4.7 5.1.5-3.9 3.4 1.2 5L8 11.8l-4.5 2.6 1.2-5L.8 6l5.1-.5Z",
    shape: "star",
  },
  GROUP: {
    label: "group",
    plural: "Groups",
    colour: { light: "#44505f", dark: "#b6c2d0" },
    icon: "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3Z",
    shape: "octagon",
  },
  THING: { label: "thing", plural: "Things", colour: { light: "#8a3b12", dark: "#f0a57a" }, icon: "M8 1l7 7-7 7-7-7Z", shape: "diamond" },
};

export interface Quad {
  label: string;
  colour: Colours;
  icon: string;
  filled: boolean;
}

/** Words are open shapes and deeds filled ones; cooperation is round, conflict pointed. */
export const quads: Record<0 | 1 | 2 | 3 | 4, Quad> = {
  1: {
    label: "cooperation in words",
    colour: { light: "#1769b5", dark: "#79b8ff" },
    icon: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z",
    filled: false,
  },
  2: {
    label: "cooperation in deeds",
    colour: { light: "#0a3d80", dark: "#a5cdff" },
    icon: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z",
    filled: true,
  },
  3: { label: "conflict in words", colour: { light: "#a84c00", dark: "#ffb26b" }, icon: "M8 2.5l6 10.5H2Z", filled: false },
  4: { label: "conflict in deeds", colour: { light: "#8c1d18", dark: "#ff8d85" }, icon: "M8 2.5l6 10.5H2Z", filled: true },
  0: { label: "neither", colour: { light: "#525e6b", dark: "#aab4c0" }, icon: "M3 6.5h10v3H3Z", filled: false },
};

export function quad(of: number | null | undefined): Quad {
  return quads[(of ?? 0) as 0 | 1 | 2 | 3 | 4] ?? quads[0];
}

export const modalities: Record<Modality, { label: string; told: string }> = {
  ASSERTED: { label: "told as fact", told: "" },
  ALLEGED: { label: "alleged", told: "alleged" },
  PLANNED: { label: "planned", told: "planned, not told to have happened" },
  HYPOTHETICAL: { label: "supposed", told: "only supposed or demanded" },
  NEGATED: { label: "denied", told: "told not to have happened" },
};

export const types: Record<EventType, string> = {
  AGREE: "agrees",
  CONSULT: "meets or talks",
  SUPPORT: "backs in words",
  CONCEDE: "gives way in words",
  COOPERATE: "works together",
  AID: "helps",
  RETREAT: "backs down",
  REQUEST: "asks or demands",
  ACCUSE: "judges",
  REJECT: "refuses",
  THREATEN: "threatens",
  PROTEST: "protests",
  SANCTION: "cuts relations",
  MOBILIZE: "readies forces",
  COERCE: "represses",
  ASSAULT: "attacks",
  STATEMENT: "says",
  VISIT: "visits",
  TRANSFER: "hands over",
  TEST: "tests a weapon",
  APPOINT: "takes or leaves office",
  DISASTER: "disaster",
  ACCIDENT: "accident",
};

/** crack_down as a reader writes it. */
export function action(name: string): string {
  return name.replaceAll("_", " ");
}

/** As much of a reader's own words as a line holds. */
export function clip(text: string, most = 80): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** A past form where nobody is told to whom: "resigned from" has no from then. */
export function alone(past: string): string {
  return past.replace(/ (about|against|at|between|for|from|near|of|on|to|with)$/, "");
}

export function list(names: string[], most = 3): string {
  if (names.length > most) return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

export function many(n: number, one: string, several = `${one}s`): string {
  return `${n.toLocaleString()} ${n === 1 ? one : several}`;
}
