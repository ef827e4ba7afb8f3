// The texts that are edited, each with its own history, so that undo works after a switch of tabs.

import type { EditorState, StateEffect } from "@codemirror/state";
import type { File } from "../protocol";

/** One text. While an editor shows it, the editor replaces `state` at each change. */
export class Doc {
  name: string;
  state: EditorState;
  scroll: StateEffect<unknown> | null = null;

  constructor(name: string, state: EditorState) {
    this.name = name;
    this.state = state;
  }

  get text(): string {
    return this.state.doc.toString();
  }

  get file(): File {
    return { name: this.name, text: this.text };
  }
}

/** The texts of one mode. */
export class Folder {
  docs: Doc[];
  active: Doc;
  readonly hosts: Doc;

  constructor(docs: [Doc, ...Doc[]], hosts: Doc) {
    this.docs = docs;
    this.active = docs[0];
    this.hosts = hosts;
  }

  /** The file with a name; answers have no places in the hosts. */
  find(name: string): Doc | undefined {
    return this.docs.find((doc) => doc.name === name);
  }

  isEmpty(): boolean {
    return [...this.docs, this.hosts].every((doc) => doc.state.doc.length === 0);
  }
}
