// Dates as exactly as they are told, and no more, in the reader's own way of writing them.

export interface Told {
  from?: string | null;
  to?: string | null;
  precision?: string;
  text?: string | null;
}

const day = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
const month = { month: "long", year: "numeric", timeZone: "UTC" } as const;

function parse(text: string): Date | null {
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function write(date: Date, options: Intl.DateTimeFormatOptions, locale?: string): string {
  return new Intl.DateTimeFormat(locale, options).format(date);
}

/** 2024-01-09, 2024-01, 2024 or --12-30 in words. */
export function partial(text: string, locale?: string): string {
  if (/^\d{4}$/.test(text)) return text;
  if (/^\d{4}-\d\d$/.test(text)) {
    const date = parse(`${text}-01`);
    return date ? write(date, month, locale) : text;
  }
  const yearless = /^--(\d\d-\d\d)$/.exec(text);
  if (yearless) {
    const date = parse(`2000-${yearless[1]}`);
    return date ? `${write(date, { day: "numeric", month: "long", timeZone: "UTC" }, locale)}, year not told` : text;
  }
  const date = parse(text);
  return date ? write(date, day, locale) : text;
}

/** When something happened: "9 Jan 2024", "week of 1 Jan 2024", "January 2024", "2024", or the words alone. */
export function when(told: Told, locale?: string): string {
  const { from, to, precision, text } = told;
  if (!from && !to) return text ? `undated (“${text}”)` : "undated";
  const first = from ?? to ?? "";
  if (!to || !from) return from ? `since ${partial(first, locale)}` : `until ${partial(first, locale)}`;
  switch (precision) {
    case "WEEK":
      return `week of ${partial(from, locale)}`;
    case "MONTH":
      return from.slice(0, 7) === to.slice(0, 7)
        ? partial(from.slice(0, 7), locale)
        : `${partial(from.slice(0, 7), locale)} – ${partial(to.slice(0, 7), locale)}`;
    case "YEAR":
      return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)} – ${to.slice(0, 4)}`;
    default:
      return from === to ? partial(from, locale) : `${partial(from, locale)} – ${partial(to, locale)}`;
  }
}

/** What is wrong with a date that a reader typed, or null: a year, a month or a day. */
export function complaint(text: string): string | null {
  if (text === "") return null;
  if (!/^\d{4}(-\d\d(-\d\d)?)?$/.test(text)) return "Write a year, a month or a day: 2024, 2024-01, 2024-01-09.";
  const full = (text + "-01-01").slice(0, 10);
  const date = parse(full);
  return date && date.toISOString().slice(0, 10) === full ? null : "The calendar has no such day.";
}
