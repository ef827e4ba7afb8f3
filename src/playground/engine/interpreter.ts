// The interpreter, as the page sees it: it answers questions, and is replaced if it dies.

import type { Answer, ErrorAnswer, Question } from "../protocol";
import { names } from "./build";
import type { Files } from "./files";
import type { FromWorker, ToWorker } from "./messages";
import { type Asked, Queue } from "./queue";

export type State = "starting" | "ready" | "busy" | "restarting" | "failed";

/** How long the interpreter may take, in milliseconds. */
export const LIMITS = {
  /** To receive the next part of the download. */
  silence: 30_000,
  /** To start, after the download. */
  start: 60_000,
  /** To answer a question. */
  answer: 20_000,
  /** To finish a question that a newer one has replaced. */
  replaced: 2_000,
};

const SILENT = "the download has stopped";
const STOPPED =
  "This input stopped the interpreter, which has been restarted. Check it with `acmrules check`.";
const TOO_LONG = `Checking this input takes more than ${LIMITS.answer / 1000} seconds here. Check it with \`acmrules check\`.`;

export class Interpreter {
  readonly #base: string;
  readonly #onState: (state: State, detail: string) => void;
  readonly #queue = new Queue();
  #worker: Worker | null = null;
  #files: Files | null = null;
  #withSnapshot = true;
  #isReady = false;
  #state: State = "starting";
  #asked: Asked | null = null;
  /** Whether a newer question has replaced the one that is being answered. */
  #isReplaced = false;
  #timer = 0;

  /** Start the interpreter whose files are in the folder `base`. */
  constructor(base: URL, onState: (state: State, detail: string) => void) {
    this.#base = new URL(".", base).href;
    this.#onState = onState;
    this.#start("starting");
  }

  /** Resolves with the answer. Only the newest question of a topic is answered; older ones resolve with null. */
  ask(question: Question): Promise<Answer | null> {
    return new Promise((resolve) => {
      this.#queue.add({ question, resolve });
      if (this.#asked?.question.topic === question.topic && !this.#isReplaced) {
        this.#asked.resolve(null);
        this.#isReplaced = true;
        this.#limit(LIMITS.replaced, TOO_LONG);
      }
      if (this.#worker) this.#next();
      else this.#start("restarting");
    });
  }

  /** End the interpreter; questions that wait resolve with null. */
  close(): void {
    this.#stop();
    this.#asked?.resolve(null);
    this.#asked = null;
    this.#queue.clear(null);
    // Nothing starts again.
    this.#start = () => undefined;
  }

  #start = (state: State): void => {
    this.#isReady = false;
    this.#report(state);
    // A worker from a network address has the policy of its response, which static hosts do not
    // set. One from a blob has the policy of the page.
    const script = `import ${JSON.stringify(new URL(names.worker, this.#base).href)};`;
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    let worker: Worker;
    try {
      worker = new Worker(address, { type: "module", name: "acmrules" });
    } catch (error) {
      this.#die(String(error));
      return;
    }
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (this.#worker === worker) this.#receive(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#die(event.message || "cannot load the worker");
    });
    const { base, files, withSnapshot } = {
      base: this.#base,
      files: this.#files,
      withSnapshot: this.#withSnapshot,
    };
    this.#send({ kind: "start", base, withSnapshot, files });
    if (files) this.#limit(LIMITS.start, STOPPED);
    else this.#limit(LIMITS.silence, SILENT);
  };

  #send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case "progress":
        this.#report(this.#state, `${Math.floor(message.part * 100)} %`);
        this.#limit(LIMITS.silence, SILENT);
        break;
      case "starting":
        this.#limit(LIMITS.start, STOPPED);
        break;
      case "ready":
        clearTimeout(this.#timer);
        this.#files = message.files ?? this.#files;
        this.#isReady = true;
        this.#report("ready");
        this.#next();
        break;
      case "answer":
        this.#answer(JSON.parse(message.answer) as Answer);
        this.#report("ready");
        this.#next();
        break;
      case "dead":
        this.#die(message.reason);
        break;
    }
  }

  /** Ask the next question, if there is one and the interpreter is free. */
  #next(): void {
    if (!this.#isReady || this.#asked) return;
    this.#asked = this.#queue.next() ?? null;
    if (!this.#asked) return;
    this.#isReplaced = false;
    this.#report("busy");
    this.#limit(LIMITS.answer, TOO_LONG);
    this.#send({ kind: "ask", question: JSON.stringify(this.#asked.question) });
  }

  /** Answer the question that was asked, unless a newer one has replaced it. */
  #answer(answer: Answer): void {
    clearTimeout(this.#timer);
    if (!this.#isReplaced) this.#asked?.resolve(answer);
    this.#asked = null;
  }

  #limit(milliseconds: number, message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#die(message, message), milliseconds);
  }

  /** Replace the interpreter. The question that it was asked is not asked again: it may be the cause. */
  #die(reason: string, message = STOPPED): void {
    this.#stop();
    if (this.#isReady) {
      this.#answer(failure(message));
      this.#start("restarting");
    } else if (this.#withSnapshot) {
      this.#withSnapshot = false;
      this.#files = null;
      this.#start(this.#state);
    } else {
      const stopped = `The interpreter does not start: ${reason}`;
      this.#report("failed", stopped);
      this.#queue.clear(failure(stopped));
      // The next question starts another one, with a snapshot: the network may have been down.
      this.#withSnapshot = true;
      this.#files = null;
    }
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }

  #report(state: State, detail = ""): void {
    this.#state = state;
    this.#onState(state, detail);
  }
}

function failure(message: string): ErrorAnswer {
  return { topic: "error", message };
}
