// One message of the page about what just happened, and a button that takes it back.

import { button, byId, element, marked } from "./dom";

export class Notice {
  readonly #box = byId("notice", HTMLElement);
  readonly #say: (message: string) => void;

  constructor(say: (message: string) => void) {
    this.#say = say;
  }

  show(message: string, undo?: () => void): void {
    const parts: Node[] = [element("p", {}, ...marked(message))];
    if (undo) {
      const act = () => {
        this.hide();
        undo();
      };
      parts.push(button("Undo", act, { class: "quiet" }));
    }
    parts.push(button("×", () => this.hide(), { class: "quiet icon", "aria-label": "Close the message" }));
    this.#box.replaceChildren(...parts);
    this.#box.hidden = false;
    this.#say(message);
  }

  /** Hide the message, which is about an older text; so an offer to undo never undoes something else. */
  hide(): void {
    this.#box.hidden = true;
    this.#box.replaceChildren();
  }
}
