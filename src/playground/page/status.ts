// The state of the interpreter, and what screen readers say.

import type { State } from "../engine/interpreter";
import { button, byId, element } from "./dom";

/** A busy interpreter is shown after this time only, so that nothing flickers at each key. */
const BUSY_MS = 400;
/** The number of findings is said when the reader pauses. */
const PAUSE_MS = 1000;

const WORDS: Record<State, string> = {
  starting: "Starting Python…",
  ready: "Ready",
  busy: "Checking…",
  restarting: "Restarting Python; your text is kept…",
  failed: "Python is not running",
};

export class Status {
  readonly #box = byId("status", HTMLElement);
  readonly #live = byId("live", HTMLElement);
  readonly #failure = byId("failure", HTMLElement);
  readonly #retry: () => void;
  #timer = 0;
  #pause = 0;
  #said = "";
  #state: State = "starting";

  constructor(retry: () => void) {
    this.#retry = retry;
    this.show("starting", "");
  }

  show(state: State, detail: string): void {
    const before = this.#state;
    this.#state = state;
    window.clearTimeout(this.#timer);
    if (state === "busy") {
      this.#timer = window.setTimeout(() => this.#draw(state), BUSY_MS);
      return;
    }
    this.#draw(state, detail);
    this.#failure.hidden = state !== "failed";
    if (state === "failed") this.#explain(detail);
    if (state === "restarting" || state === "failed") this.say(WORDS[state]);
    else if (state === "ready" && before === "restarting") this.say("Python is running again");
  }

  #draw(state: State, detail = ""): void {
    this.#box.dataset["state"] = state;
    this.#box.textContent = state === "starting" && detail ? `${WORDS[state]} ${detail}` : WORDS[state];
  }

  #explain(detail: string): void {
    const help = "It needs a current browser with WebAssembly, and a network at the first visit. Your text is kept. If the page was open for a long time, reload it. You can also run acmrules on your computer.";
    this.#failure.replaceChildren(
      element("p", {}, element("strong", {}, "Python is not running on this page. "), help),
      ...(detail ? [element("p", { class: "detail" }, detail)] : []),
      button("Try again", this.#retry, { class: "main" }),
    );
  }

  /** Say something now; a repeated message is said again. */
  say(message: string): void {
    window.clearTimeout(this.#pause);
    this.#said = "";
    this.#live.textContent = this.#live.textContent === message ? `${message}\u00a0` : message;
  }

  /** Say the number of findings once the reader pauses, unless it is the one that was said last. */
  sayNumbers(message: string): void {
    window.clearTimeout(this.#pause);
    this.#pause = window.setTimeout(() => {
      if (message !== this.#said) this.#live.textContent = message;
      this.#said = message;
    }, PAUSE_MS);
  }
}
