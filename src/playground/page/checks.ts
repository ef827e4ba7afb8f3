// When to ask the interpreter: soon after the last key, and what is less urgent after a pause.

import type { Answer, ErrorAnswer, Question, Topic } from "../protocol";

/** What asks and answers; the interpreter, or a stand-in of tests. */
export interface Asked {
  ask(question: Question): Promise<Answer | null>;
}

const SHORTEST_MS = 20;
const LONGEST_MS = 250;
const PANEL_PAUSE_MS = 120;
const DATES_PAUSE_MS = 700;

export interface CheckHooks {
  question(topic: Topic): Question;
  /** The topic that the reader looks at. */
  shown(): Topic;
  answered(topic: Topic, answer: Answer): void;
}

/** The pause after a key: short if checks are fast, longer if each would delay the next key. */
export function pause(checkMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, checkMs * 0.6));
}

export class Checks {
  readonly #hooks: CheckHooks;
  #asked: Asked;
  #revision = 0;
  #checkMs = 30;
  #check: ReturnType<typeof setTimeout> | undefined;
  #panel: ReturnType<typeof setTimeout> | undefined;
  #dates: ReturnType<typeof setTimeout> | undefined;
  /** The question that each topic has answered last. */
  readonly #answered = new Map<Topic, string>();
  /** Why the current texts have no findings; other questions about them would fail too. */
  #failure: ErrorAnswer | null = null;

  constructor(asked: Asked, hooks: CheckHooks) {
    this.#asked = asked;
    this.#hooks = hooks;
  }

  /** Whether the findings are those of the current texts. */
  get isCurrent(): boolean {
    return this.#answered.get("check") === key(this.#hooks.question("check"));
  }

  /** Check again after a change of the texts, the Region or the date. */
  changed(): void {
    this.#revision += 1;
    this.#failure = null;
    clearTimeout(this.#check);
    clearTimeout(this.#panel);
    clearTimeout(this.#dates);
    this.#check = setTimeout(() => void this.#run(), pause(this.#checkMs));
  }

  /** Ask for the topic that the reader looks at, unless its answer is known. */
  look(): void {
    const topic = this.#hooks.shown();
    if (topic !== "check") void this.#askOnce(topic);
  }

  /** Take no answer as known, because what showed it is gone. */
  forget(): void {
    this.#answered.clear();
  }

  restart(asked: Asked): void {
    this.#asked = asked;
    this.forget();
    this.changed();
  }

  async #run(): Promise<void> {
    const begin = performance.now();
    if (!(await this.#askOnce("check"))) return;
    // The first check waits for the interpreter, so one long check does not count much.
    this.#checkMs = Math.min(1.5 * this.#checkMs + 10, performance.now() - begin);
    this.#panel = setTimeout(() => this.look(), PANEL_PAUSE_MS);
    this.#dates = setTimeout(() => void this.#askOnce("dates"), DATES_PAUSE_MS);
  }

  /** Return whether the topic has its answer for the current texts. */
  async #askOnce(topic: Topic): Promise<boolean> {
    const question = this.#hooks.question(topic);
    const asked = key(question);
    if (this.#answered.get(topic) === asked) return true;
    const to = this.#asked;
    const revision = this.#revision;
    const isOld = () => revision !== this.#revision || to !== this.#asked;
    const ask = () => to.ask(question).catch((error: unknown) => failure(error));
    let answer = this.#failure ?? (await ask());
    // Between its parts, a long answer lets others pass.
    while (answer?.topic === "dates" && !answer.isComplete && !isOld()) answer = await ask();
    if (answer === null || isOld()) return false;
    this.#answered.set(topic, asked);
    if (topic === "check") this.#failure = answer.topic === "error" ? answer : null;
    this.#hooks.answered(topic, answer);
    return true;
  }
}

/** Equal questions have equal keys; the dates of changes do not depend on the chosen date. */
function key(question: Question): string {
  return JSON.stringify(question.topic === "dates" ? { ...question, asOf: "" } : question);
}

function failure(error: unknown): ErrorAnswer {
  return { topic: "error", message: error instanceof Error ? error.message : String(error) };
}
