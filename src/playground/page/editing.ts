// The two editors, the tabs of files, and changes of their texts.

import type { Edit, Finding, Span } from "../protocol";
import { type Apply, diagnostics } from "./diagnostics";
import { byId } from "./dom";
import type { Doc } from "./documents";
import { Editor } from "./editor";
import { FileTabs } from "./file-tabs";
import { DETAILS } from "./modes";
import { byFile } from "./spans";
import type { Workspace } from "./workspace";

export interface EditingHooks {
  /** A text, or the name or number of files, has changed. */
  changed(): void;
  /** Files were removed; the action puts them back. */
  removed(message: string, undo: () => void): void;
  say(message: string): void;
}

export class Editing {
  readonly #workspace: Workspace;
  readonly #hooks: EditingHooks;
  readonly #files: Editor;
  readonly #hosts: Editor;
  readonly #tabs: FileTabs;
  readonly #hostsPane = byId("hosts-pane", HTMLElement);
  #findings: readonly Finding[] = [];

  constructor(workspace: Workspace, hooks: EditingHooks) {
    this.#workspace = workspace;
    this.#hooks = hooks;
    const { folder } = workspace;
    this.#files = new Editor(byId("editor", HTMLElement), folder.active, () => hooks.changed());
    this.#hosts = new Editor(byId("hosts", HTMLElement), folder.hosts, () => hooks.changed());
    this.#tabs = new FileTabs(byId("files", HTMLElement), folder, {
      select: (doc) => this.#select(doc),
      add: () => this.#add(),
      rename: (doc, name) => this.#rename(doc, name),
      remove: (doc) => this.#remove(doc),
      say: (message) => hooks.say(message),
    });
    this.show();
  }

  /** Show the current mode. */
  show(): void {
    const { folder, mode } = this.#workspace;
    this.#hostsPane.hidden = !DETAILS[mode].hasHosts;
    this.#files.show(folder.active);
    this.#hosts.show(folder.hosts);
    this.#drawTabs();
  }

  /** Underline findings in all texts, shown or not. */
  underline(findings: readonly Finding[], apply: Apply): void {
    this.#findings = findings;
    for (const doc of this.#workspace.folder.docs) this.#files.underline(doc, diagnostics(doc, findings, apply));
    this.#drawTabs();
  }

  /** Move the cursor to a place. */
  go(span: Span): void {
    const doc = this.#workspace.folder.find(span.file);
    if (!doc) return;
    this.#select(doc);
    this.#files.select(span.from, span.to);
  }

  /** Make all edits, or none if one does not fit; returns the texts that changed. */
  apply(edits: readonly Edit[]): Doc[] | null {
    const { folder } = this.#workspace;
    const changes = [...byFile(edits)].map(([name, list]) => ({ doc: folder.find(name), list }));
    for (const { doc, list } of changes) if (!doc || list.some((each) => each.from > each.to || each.to > doc.state.doc.length)) return null;
    const docs: Doc[] = [];
    for (const { doc, list } of changes) {
      if (!doc) continue;
      const specs = list.map((each) => ({ from: each.from, to: each.to, insert: each.text }));
      this.#files.apply(doc, { changes: specs, userEvent: "input.fix" });
      docs.push(doc);
    }
    return docs;
  }

  undo(docs: readonly Doc[]): void {
    for (const doc of docs) this.#files.undo(doc);
  }

  /** The file that is shown, and where the cursor is in it; null while the hosts have the focus. */
  get cursor(): { file: string; at: number } | null {
    return this.#hosts.hasFocus ? null : { file: this.#files.doc.name, at: this.#files.cursor };
  }

  focus(): void {
    this.#files.focus();
  }

  #drawTabs(): void {
    const counts = new Map<string, number>();
    for (const { span } of this.#findings) if (span) counts.set(span.file, (counts.get(span.file) ?? 0) + 1);
    this.#tabs.show(this.#workspace.folder, counts);
  }

  #select(doc: Doc): void {
    this.#workspace.folder.active = doc;
    this.#files.show(doc);
    this.#drawTabs();
  }

  #add(): void {
    this.#select(this.#workspace.add());
    this.#hooks.changed();
    this.#files.focus();
  }

  #rename(doc: Doc, name: string): void {
    this.#files.rename(doc, name);
    this.#hooks.changed();
  }

  #remove(doc: Doc): void {
    const { folder } = this.#workspace;
    const before = folder.docs;
    const at = before.indexOf(doc);
    folder.docs = before.filter((each) => each !== doc);
    const next = folder.docs[Math.min(at, folder.docs.length - 1)];
    if (next) this.#select(next);
    this.#hooks.changed();
    this.#hooks.removed(`\`${doc.name}\` was removed.`, () => {
      folder.docs = before;
      if (folder === this.#workspace.folder) this.#select(doc);
      this.#hooks.changed();
    });
  }
}
