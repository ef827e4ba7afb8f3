// The answers that are a text, and perhaps a picture: coverage, validation, diagnosis.

import type { TextAnswer } from "../protocol";
import { element, marked } from "./dom";

const NOTHING: Record<TextAnswer["topic"], string> = {
  coverage: "There are no known certificates or hosts here.",
  validation: "There is no certificate request here.",
  diagnosis: "A diagnosis needs certificates that exist: choose Certificates, and paste the output of aws acm describe-certificate.",
};

export class AnswerPanel {
  readonly #panel: HTMLElement;
  #picture = "";
  #shown = "";

  constructor(panel: HTMLElement) {
    this.#panel = panel;
  }

  show(answer: TextAnswer): void {
    const key = `${answer.picture}\n${answer.text}`;
    if (key === this.#shown) return;
    this.#shown = key;
    if (this.#picture) URL.revokeObjectURL(this.#picture);
    this.#picture = "";
    const text = answer.text.trimEnd();
    if (!text && !answer.picture) {
      this.message(NOTHING[answer.topic]);
      return;
    }
    const parts: Node[] = [];
    if (answer.picture) parts.push(this.#figure(answer));
    if (text) parts.push(element("pre", { tabindex: "0", "aria-label": `The ${answer.topic} as text` }, text));
    this.#panel.replaceChildren(...parts);
  }

  message(text: string): void {
    this.#shown = "";
    this.#panel.replaceChildren(element("p", { class: "empty" }, ...marked(text)));
  }

  /** The picture as an image: scripts and links of an SVG have no effect there. */
  #figure(answer: TextAnswer): HTMLElement {
    this.#picture = URL.createObjectURL(new Blob([answer.picture], { type: "image/svg+xml" }));
    const image = element("img", { src: this.#picture, alt: `A picture of the ${answer.topic}. The text below shows the same.` });
    const figure = element("figure", { tabindex: "0", role: "group", "aria-label": `The ${answer.topic} as a picture` }, image);
    image.addEventListener("error", () => figure.remove());
    return figure;
  }
}
