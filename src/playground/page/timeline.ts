// The date whose rules apply: a slider with the dates on which findings change.

import type { DatesAnswer } from "../protocol";
import { clamp, FIRST, isDate, LAST, spoken, toDate, today, toDay } from "./dates";
import { button, byId, count, element, marked, unseen } from "./dom";

type Change = DatesAnswer["dates"][number];

const SAME = "The findings are the same on all dates.";

/** The width of the thumb, which the ends of the track do not reach beyond. */
const THUMB = 24;

function atDay(mark: HTMLElement, day: number): HTMLElement {
  const part = day / toDay(LAST);
  mark.style.insetInlineStart = `calc(${THUMB / 2}px + (100% - ${THUMB}px) * ${part})`;
  return mark;
}

/** The numbers of findings on a date, in words. */
export function numbersOn(change: Change): string {
  const parts = [
    [change.errors, "error"],
    [change.warnings, "warning"],
    [change.notes, "note"],
  ] as const;
  const words = parts.filter(([number]) => number).map(([number, word]) => count(number, word));
  return words.join(", ") || "no findings";
}

/** The changes before or at a date, and after it. */
export function around(changes: readonly Change[], date: string): { last: Change | undefined; next: Change | undefined } {
  return { last: changes.filter((each) => each.date <= date).at(-1), next: changes.find((each) => each.date > date) };
}

export class Timeline {
  readonly #slider = byId("day", HTMLInputElement);
  readonly #field = byId("date", HTMLInputElement);
  readonly #ticks = byId("ticks", HTMLElement);
  readonly #sentences = byId("changes", HTMLElement);
  readonly #panel: HTMLElement;
  readonly #onChange: () => void;
  #changes: readonly Change[] = [];
  #isKnown = false;
  /** An empty string is today. */
  #date = "";

  constructor(panel: HTMLElement, onChange: () => void) {
    this.#panel = panel;
    this.#onChange = onChange;
    this.#slider.max = String(toDay(LAST));
    this.#field.min = FIRST;
    this.#field.max = LAST;
    this.#slider.addEventListener("input", () => this.#choose(toDate(this.#slider.valueAsNumber)));
    this.#field.addEventListener("input", () => {
      if (isDate(this.#field.value) && this.#field.value === clamp(this.#field.value)) this.#choose(this.#field.value);
    });
    this.#field.addEventListener("change", () => this.#draw());
    byId("today", HTMLButtonElement).addEventListener("click", () => this.#choose(""));
    byId("years", HTMLElement).replaceChildren(...years());
    this.#draw();
  }

  get date(): string {
    return this.#date || today();
  }

  /** What links and the tab keep: an empty string for today. */
  get chosen(): string {
    return this.#date;
  }

  set(date: string): void {
    this.#date = date;
    this.#draw();
  }

  /** Show the dates on which findings change. */
  show(changes: readonly Change[]): void {
    // The first entry has the findings of the first date, and no change.
    this.#changes = changes.filter((each) => isDate(each.date) && each.changes.length);
    this.#isKnown = true;
    const ticks = this.#changes.filter((each) => each.date > FIRST && each.date <= LAST);
    this.#ticks.replaceChildren(...ticks.map((each) => atDay(element("span", { class: `tick ${kind(each)}` }), toDay(each.date))));
    this.#panel.replaceChildren(this.#list());
    this.#draw();
  }

  message(text: string): void {
    this.forget();
    this.#panel.replaceChildren(element("p", { class: "empty" }, ...marked(text)));
  }

  /** Show no dates, because those of other texts mean nothing here. */
  forget(): void {
    this.#isKnown = false;
    this.#changes = [];
    this.#ticks.replaceChildren();
    this.#panel.replaceChildren();
    this.#draw();
  }

  #choose(date: string): void {
    this.#date = date;
    this.#draw();
    this.#onChange();
  }

  #draw(): void {
    const { date } = this;
    this.#slider.value = String(toDay(date));
    this.#slider.setAttribute("aria-valuetext", spoken(date));
    if (this.#field.value !== date) this.#field.value = date;
    const { last, next } = around(this.#changes, date);
    const focused = this.#sentences.contains(document.activeElement) ? document.activeElement?.getAttribute("data-side") : null;
    const sides = [last && this.#sentence("last", "Last change", last), next && this.#sentence("next", "Next change", next)];
    this.#sentences.replaceChildren(...sides.filter((side) => side !== undefined));
    if (!this.#changes.length && this.#isKnown) this.#sentences.append(element("p", { class: "label" }, SAME));
    if (focused) this.#sentences.querySelector<HTMLElement>(`[data-side=${focused}]`)?.focus();
    for (const item of this.#panel.querySelectorAll<HTMLElement>("[data-date]"))
      item.toggleAttribute("aria-current", item.dataset["date"] === last?.date);
  }

  #sentence(side: string, label: string, change: Change): HTMLElement {
    const go = button([unseen("Go to "), change.date], () => this.#choose(change.date), { class: "date", "data-side": side });
    return element("p", {}, element("span", { class: "label" }, label), " ", go, " ", ...marked(sentence(change)));
  }

  #list(): HTMLElement {
    if (!this.#changes.length) return element("p", { class: "empty" }, SAME);
    const items = this.#changes.map((change) => {
      const go = button([unseen("Go to "), change.date], () => this.#choose(change.date), { class: "date" });
      const changes = change.changes.map((each) => element("p", {}, ...marked(each)));
      return element("li", { "data-date": change.date }, element("p", { class: "title" }, go, ` ${numbersOn(change)}`), ...changes);
    });
    return element("ol", { class: "dates", role: "list" }, ...items);
  }
}

const kind = (change: Change): string => (change.errors ? "is-error" : change.warnings ? "is-warning" : "is-note");

function sentence(change: Change): string {
  const [first, ...rest] = change.changes;
  if (first === undefined) return "";
  return rest.length ? `${first} (and ${rest.length} more)` : first;
}

function years(): HTMLElement[] {
  const even = Array.from({ length: 7 }, (_, index) => 2017 + 2 * index);
  return even.map((year) => atDay(element("span", {}, String(year)), toDay(`${year}-01-01`)));
}
