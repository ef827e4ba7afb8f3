// The list of findings, and what could not be read or was not checked.

import type { CheckAnswer, Finding, Fix, Severity, Span } from "../protocol";
import { ruleLink } from "./diagnostics";
import { isSafe, isSuppression } from "./fixes";
import { button, count, element, marked, unseen } from "./dom";

export interface FindingActions {
  go(span: Span): void;
  fix(fix: Fix): void;
  fixAll(fixes: Fix[]): void;
}

/** How many findings are drawn at first; a hostile file can have many thousands. */
const AT_FIRST = 100;
/** After this time, findings of an older text are marked as such; most checks are faster. */
const STALE_MS = 400;
const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

/** How many findings there are, in words: "2 errors, 1 note". */
export function numbers(findings: readonly Finding[]): string {
  const parts = SEVERITIES.map((severity) => [severity, findings.filter((each) => each.severity === severity).length] as const);
  const words = parts.filter(([, number]) => number).map(([severity, number]) => count(number, severity));
  return words.join(", ") || "No findings";
}

/** The result in a few words, which never hide that something was left out. */
export function result(answer: CheckAnswer): string {
  const { findings, errors, unchecked } = answer;
  const unread = errors.length ? `${count(errors.length, "input")} not read` : "";
  if (findings.length || !unread) {
    const rest = unread || (!findings.length && unchecked.length ? "not everything was checked" : "");
    return [numbers(findings), rest].filter(Boolean).join(", ");
  }
  return unread;
}

/** Whether the answer proves that all was checked: nothing unread, nothing left out. */
export function isComplete(answer: CheckAnswer): boolean {
  return answer.errors.length === 0 && answer.unchecked.length === 0;
}

export class FindingList {
  readonly #panel: HTMLElement;
  readonly #actions: FindingActions;
  #drawn = "";
  #stale = 0;
  #limit = AT_FIRST;
  #answer: CheckAnswer | null = null;
  #current: Finding | null = null;

  constructor(panel: HTMLElement, actions: FindingActions) {
    this.#panel = panel;
    this.#actions = actions;
  }

  /** Mark the findings as those of an older text, unless the answer about the new one is fast. */
  wait(isStale: boolean): void {
    window.clearTimeout(this.#stale);
    if (!isStale) this.#panel.removeAttribute("aria-busy");
    else if (this.#answer) this.#stale = window.setTimeout(() => this.#panel.setAttribute("aria-busy", "true"), STALE_MS);
  }

  /** Show an answer; an equal one is not drawn again, so focus and scrolling stay. */
  show(answer: CheckAnswer): void {
    this.wait(false);
    const { report: _, ...shown } = answer;
    const key = JSON.stringify(shown);
    this.#answer = answer;
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#limit = AT_FIRST;
    this.#current = null;
    this.#draw(answer);
  }

  /** Show one message instead of findings. */
  message(text: string): void {
    this.wait(false);
    this.#drawn = "";
    this.#answer = null;
    this.#panel.replaceChildren(element("p", { class: "empty" }, ...marked(text)));
  }

  /** Mark a finding as the current one, and scroll its item into view. */
  mark(finding: Finding): void {
    const at = this.#answer?.findings.indexOf(finding) ?? -1;
    if (at >= this.#limit && this.#answer) {
      this.#limit = Number.POSITIVE_INFINITY;
      this.#draw(this.#answer);
    }
    this.#current = finding;
    const items = this.#panel.querySelectorAll<HTMLElement>(".finding");
    items.forEach((item, index) => item.toggleAttribute("aria-current", index === at));
    const item = items[at];
    if (item) scrollWithin(this.#panel, item);
  }

  get current(): Finding | null {
    return this.#current;
  }

  #draw(answer: CheckAnswer): void {
    const focused = this.#focusedIndex();
    const shown = answer.findings.slice(0, this.#limit);
    const parts: Node[] = [this.#head(answer)];
    if (answer.errors.length) parts.push(this.#group("Not read", "unread", answer.errors));
    if (shown.length) parts.push(element("ol", { class: "findings", role: "list" }, ...shown.map((each) => this.#item(each))));
    if (answer.findings.length > shown.length) parts.push(this.#rest(answer));
    if (answer.unchecked.length) parts.push(this.#group("Not checked", "unchecked", answer.unchecked));
    this.#panel.replaceChildren(...parts);
    if (focused !== null) this.#focus(focused);
  }

  #head(answer: CheckAnswer): HTMLElement {
    const head = element("div", { class: "summary" });
    head.append(element("p", { tabindex: "-1", class: "numbers" }, result(answer)));
    const fixes = answer.findings.flatMap((finding) => finding.fixes.filter(isSafe).slice(0, 1));
    if (fixes.length > 1) head.append(button(`Apply ${fixes.length} safe fixes`, () => this.#actions.fixAll(fixes), { class: "quiet" }));
    head.append(element("p", { class: "sentence" }, ...marked(answer.summary)));
    if (isComplete(answer)) head.append(element("p", { class: "sentence complete" }, "Everything was checked."));
    else head.append(element("p", { class: "sentence incomplete" }, "Not everything was checked: the reasons are in this list."));
    return head;
  }

  #item(finding: Finding): HTMLElement {
    const word = element("span", { class: `severity severity-${finding.severity}` }, finding.severity);
    const title = element("p", { class: "title" }, word, " ", ruleLink(finding.rule), " ", element("span", { class: "name" }, finding.name));
    const item = element("li", { class: `finding is-${finding.severity}` }, title, element("p", { class: "message" }, ...marked(finding.message)));
    if (finding.help) item.append(element("p", { class: "help" }, ...marked(finding.help)));
    for (const related of finding.related)
      item.append(element("p", { class: "help" }, ...marked(related.message), " ", this.#place(related.span, related.span.file)));
    const row = element("div", { class: "row" });
    if (finding.span) row.append(this.#place(finding.span, `${finding.span.file}:${finding.line}:${finding.column}`));
    for (const fix of finding.fixes) row.append(button(marked(fix.title), () => this.#actions.fix(fix), { class: isSuppression(fix) ? "suppress" : "fix" }));
    if (row.hasChildNodes()) item.append(row);
    return item;
  }

  #place(span: Span, text: string): HTMLElement {
    const place = button("", () => this.#actions.go(span), { class: "place" });
    place.append(unseen("Go to "), text);
    return place;
  }

  #group(title: string, kind: string, entries: readonly { message: string; help?: string; span: Span | null }[]): HTMLElement {
    const list = element("ul", { role: "list" });
    for (const entry of entries.slice(0, this.#limit)) {
      const item = element("li");
      if (entry.span) item.append(this.#place(entry.span, entry.span.file));
      item.append(element("p", { class: "message" }, ...marked(entry.message)));
      if (entry.help) item.append(element("p", { class: "help" }, ...marked(entry.help)));
      list.append(item);
    }
    if (entries.length > this.#limit) list.append(element("li", {}, `and ${entries.length - this.#limit} more`));
    return element("section", { class: `group ${kind}` }, element("h3", {}, title), list);
  }

  #rest(answer: CheckAnswer): HTMLElement {
    const show = () => {
      this.#limit = Number.POSITIVE_INFINITY;
      this.#draw(answer);
    };
    return button(`Show all ${answer.findings.length} findings`, show, { class: "quiet" });
  }

  /** The index of the finding whose button has the focus, or -1 for one of the head. */
  #focusedIndex(): number | null {
    const active = document.activeElement;
    if (!active || !this.#panel.contains(active)) return null;
    const item = active.closest(".finding");
    return item ? [...this.#panel.querySelectorAll(".finding")].indexOf(item) : -1;
  }

  #focus(index: number): void {
    const item = [...this.#panel.querySelectorAll(".finding")].at(index < 0 ? this.#limit : index);
    (item ?? this.#panel).querySelector<HTMLElement>("button, .numbers")?.focus();
  }
}

/** Scroll a panel, but not the page, until an item is visible. */
function scrollWithin(panel: HTMLElement, item: HTMLElement): void {
  const outer = panel.getBoundingClientRect();
  const inner = item.getBoundingClientRect();
  if (inner.top < outer.top) panel.scrollTop -= outer.top - inner.top + 8;
  else if (inner.bottom > outer.bottom) panel.scrollTop += Math.min(inner.bottom - outer.bottom + 8, inner.top - outer.top);
}
