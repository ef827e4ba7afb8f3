// Dates as in the protocol, such as 2026-11-30, and as days of the slider.

/** The date on which ACM launched: no rule is older. */
export const FIRST = "2016-01-21";
export const LAST = "2029-12-31";

const DAY = 24 * 60 * 60 * 1000;
const FORM = /^\d{4}-\d{2}-\d{2}$/;
const SPOKEN = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

/** Whether a text is a date of the calendar: 2027-02-29 is not. */
export function isDate(text: string): boolean {
  if (!FORM.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The number of days since FIRST. */
export function toDay(date: string): number {
  return Math.round((Date.parse(date) - Date.parse(FIRST)) / DAY);
}

export function toDate(day: number): string {
  return new Date(Date.parse(FIRST) + day * DAY).toISOString().slice(0, 10);
}

/** The nearest date that the slider has. */
export function clamp(date: string): string {
  if (date < FIRST) return FIRST;
  return date > LAST ? LAST : date;
}

/** The date where the reader is, not in UTC. */
export function today(now: Date = new Date()): string {
  const parts = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  return clamp([String(now.getFullYear()).padStart(4, "0"), ...parts].join("-"));
}

/** A date as people say it: November 30, 2026. */
export function spoken(date: string): string {
  return SPOKEN.format(Date.parse(date));
}
