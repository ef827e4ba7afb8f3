// The files above the editor: select, add, rename, remove.

import { button, count, element, unseen } from "./dom";
import type { Doc, Folder } from "./documents";
import { MOST_FILES, nameFault } from "./state";
import { arrows } from "./tabs";

export interface FileActions {
  select(doc: Doc): void;
  add(): void;
  rename(doc: Doc, name: string): void;
  remove(doc: Doc): void;
  say(message: string): void;
}

export class FileTabs {
  readonly #bar: HTMLElement;
  readonly #actions: FileActions;
  #folder: Folder;
  #counts: ReadonlyMap<string, number> = new Map();

  constructor(bar: HTMLElement, folder: Folder, actions: FileActions) {
    this.#bar = bar;
    this.#folder = folder;
    this.#actions = actions;
  }

  /** Show the files of a folder, with the number of findings of each. */
  show(folder: Folder, counts: ReadonlyMap<string, number>): void {
    this.#folder = folder;
    this.#counts = counts;
    if (!this.#bar.querySelector("input")) this.#draw();
  }

  #draw(): void {
    const { docs, active } = this.#folder;
    const focused = this.#bar.contains(document.activeElement) ? document.activeElement?.getAttribute("data-focus") : null;
    const list = element("div", { role: "tablist", "aria-label": "Files", class: "file-list" });
    list.append(...docs.map((doc) => this.#tab(doc)));
    arrows(list, (tab) => {
      const doc = docs.find((each) => each.name === tab.dataset["file"]);
      if (doc) this.#actions.select(doc);
    });
    const add = button("+", () => this.#actions.add(), { class: "quiet icon", "data-focus": "add", "aria-label": "Add a file", title: "Add a file" });
    add.disabled = docs.length >= MOST_FILES;
    const rename = button("Rename", () => this.#edit(active), { class: "quiet", "data-focus": "rename", "aria-label": `Rename ${active.name}` });
    this.#bar.replaceChildren(list, add, rename);
    if (docs.length > 1)
      this.#bar.append(button("Remove", () => this.#actions.remove(active), { class: "quiet", "data-focus": "remove", "aria-label": `Remove ${active.name}` }));
    if (focused) (this.#bar.querySelector<HTMLElement>(`[data-focus="${focused}"]`) ?? rename).focus();
  }

  #tab(doc: Doc): HTMLElement {
    const isActive = doc === this.#folder.active;
    const tab = button(doc.name, () => this.#actions.select(doc), {
      role: "tab",
      "aria-selected": String(isActive),
      "aria-controls": "editor",
      tabindex: isActive ? "0" : "-1",
      "data-file": doc.name,
      "data-focus": isActive ? "tab" : false,
    });
    const findings = this.#counts.get(doc.name) ?? 0;
    if (findings) {
      const number = element("span", { class: "number", "aria-hidden": "true" }, String(findings));
      tab.append(number, unseen(`, ${count(findings, "finding")}`));
    }
    tab.addEventListener("dblclick", () => this.#edit(this.#folder.active));
    return tab;
  }

  /** Put a field in place of the tabs, until Enter, Escape or another click. */
  #edit(doc: Doc): void {
    const field = element("input", { type: "text", "aria-label": `New name of ${doc.name}`, spellcheck: "false", autocomplete: "off" });
    field.value = doc.name;
    let isOver = false;
    const end = (name: string | null) => {
      if (isOver) return;
      const fault = name === null || name === doc.name ? "" : this.#fault(doc, name);
      if (fault) {
        field.setAttribute("aria-invalid", "true");
        this.#actions.say(fault);
        return;
      }
      isOver = true;
      field.remove();
      if (name !== null && name !== doc.name) this.#actions.rename(doc, name);
      this.#draw();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      end(event.key === "Enter" ? field.value.trim() : null);
      this.#bar.querySelector<HTMLElement>("[data-focus=rename]")?.focus();
    });
    field.addEventListener("blur", () => end(this.#fault(doc, field.value.trim()) ? null : field.value.trim()));
    this.#bar.replaceChildren(field);
    field.focus();
    field.setSelectionRange(0, Math.max(0, doc.name.lastIndexOf(".")));
  }

  #fault(doc: Doc, name: string): string {
    if (this.#folder.docs.some((other) => other !== doc && other.name === name)) return "Another file has this name.";
    const fault = nameFault(name);
    return fault && `${fault[0]?.toUpperCase()}${fault.slice(1)}.`;
  }
}
