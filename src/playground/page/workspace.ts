// The texts of all modes, and which of them is shown.

import type { Doc } from "./documents";
import { Folder } from "./documents";
import { createDoc } from "./editor";
import { example } from "./examples";
import { DETAILS } from "./modes";
import { today } from "./dates";
import { MODES, type Kept, type Mode, type Shared, type Texts } from "./state";

/** The texts that were replaced, and their mode. */
export interface Replaced {
  mode: Mode;
  folder: Folder;
}

export class Workspace {
  #mode: Mode = "cloudformation";
  readonly #folders = new Map<Mode, Folder>();

  get mode(): Mode {
    return this.#mode;
  }

  set mode(mode: Mode) {
    this.#mode = mode;
  }

  /** The texts of the current mode, at first its example. */
  get folder(): Folder {
    const known = this.#folders.get(this.#mode);
    if (known) return known;
    const created = folderOf(this.#mode, example(this.#mode, today()));
    this.#folders.set(this.#mode, created);
    return created;
  }

  /** Replace the texts of the current mode; returns the old ones. */
  replace(texts: Texts): Replaced {
    const old = { mode: this.#mode, folder: this.folder };
    this.#folders.set(this.#mode, folderOf(this.#mode, texts));
    return old;
  }

  /** Put back what `replace` returned, and show its mode. */
  put({ mode, folder }: Replaced): void {
    this.#mode = mode;
    this.#folders.set(mode, folder);
  }

  /** Whether the reader has changed nothing in this mode. */
  get isExample(): boolean {
    return JSON.stringify(textsOf(this.folder)) === JSON.stringify(example(this.#mode, today()));
  }

  /** Add an empty file. */
  add(): Doc {
    const { docs } = this.folder;
    const { fileName } = DETAILS[this.#mode];
    let number = docs.length + 1;
    while (docs.some((doc) => doc.name === fileName(number))) number += 1;
    const doc = createDoc(fileName(number), "");
    docs.push(doc);
    return doc;
  }

  texts(): Texts {
    return textsOf(this.folder);
  }

  shared(region: string, asOf: string): Shared {
    return { mode: this.#mode, ...this.texts(), region, asOf };
  }

  kept(region: string, asOf: string): Kept {
    const texts: Partial<Record<Mode, Texts>> = {};
    for (const [mode, folder] of this.#folders) texts[mode] = textsOf(folder);
    return { mode: this.#mode, region, asOf, texts };
  }

  restore(kept: Kept): void {
    this.#mode = kept.mode;
    for (const mode of MODES) {
      const texts = kept.texts[mode];
      if (texts) this.#folders.set(mode, folderOf(mode, texts));
    }
  }
}

function textsOf(folder: Folder): Texts {
  return { files: folder.docs.map((doc) => doc.file), hosts: folder.hosts.text };
}

function folderOf(mode: Mode, texts: Texts): Folder {
  const { fileName, hasHosts } = DETAILS[mode];
  const [first = { name: fileName(1), text: "" }, ...rest] = texts.files;
  const hosts = createDoc("hosts", hasHosts ? texts.hosts : "");
  return new Folder([createDoc(first.name, first.text), ...rest.map((file) => createDoc(file.name, file.text))], hosts);
}
