// Share links: read from the fragment, and written to it by the button.

import { decode, encode, isLink } from "./share";
import { Malformed, type Shared } from "./state";

export interface LinkHooks {
  shared(): Shared;
  open(shared: Shared): void;
  tell(message: string): void;
}

export class Links {
  readonly #hooks: LinkHooks;
  /** Whether the fragment contains what the page shows. */
  #isCurrent = false;

  constructor(hooks: LinkHooks) {
    this.#hooks = hooks;
    window.addEventListener("hashchange", () => void this.read());
  }

  /** Open the link in the fragment, if there is one. */
  async read(): Promise<void> {
    const fragment = window.location.hash;
    if (!isLink(fragment)) return;
    try {
      const shared = await decode(fragment);
      if (fragment !== window.location.hash) return;
      this.#isCurrent = false;
      this.#hooks.open(shared);
      this.#isCurrent = true;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#isCurrent = true;
      this.changed();
      this.#hooks.tell(`The link cannot be opened: ${error.message}.`);
    }
  }

  /** Put the texts into the fragment, and copy the address. */
  async write(): Promise<void> {
    try {
      const fragment = await encode(this.#hooks.shared());
      window.history.replaceState(null, "", fragment);
      this.#isCurrent = true;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#hooks.tell(`There is no link: ${error.message}.`);
      return;
    }
    try {
      await navigator.clipboard.writeText(window.location.href);
      this.#hooks.tell("The link was copied. It contains your text: anyone who has the link can read it.");
    } catch {
      this.#hooks.tell("The link is in the address bar: copy it from there. It contains your text: anyone who has the link can read it.");
    }
  }

  /** Remove a link from the address that no longer is what the page shows, so that a reload keeps the edits. */
  changed(): void {
    if (!this.#isCurrent) return;
    this.#isCurrent = false;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }
}
