// Keyboard behavior of tab lists: one stop for Tab, arrows between tabs.

/** Move the focus and the selection within a tab list by arrow keys, Home and End. */
export function arrows(list: HTMLElement, select: (tab: HTMLElement) => void): void {
  list.addEventListener("keydown", (event) => {
    const tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    const at = tabs.findIndex((tab) => tab === event.target);
    if (at < 0) return;
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = tabs.at(step % tabs.length);
    if (!next) return;
    select(next);
    list.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
  });
}

/** The tabs of the answers: each button has the panel that `aria-controls` names. */
export class Tabs {
  readonly #tabs: HTMLElement[];
  readonly #onSelect: (name: string) => void;
  #selected = "";

  constructor(list: HTMLElement, onSelect: (name: string) => void) {
    this.#tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    this.#onSelect = onSelect;
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.select(nameOf(tab)));
    arrows(list, (tab) => this.select(nameOf(tab)));
    this.#selected = nameOf(this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? list);
  }

  get selected(): string {
    return this.#selected;
  }

  select(name: string): void {
    if (name === this.#selected) return;
    this.#selected = name;
    for (const tab of this.#tabs) {
      const isSelected = nameOf(tab) === name;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !isSelected;
    }
    this.#onSelect(name);
  }
}

function nameOf(tab: HTMLElement): string {
  return tab.dataset["name"] ?? "";
}
