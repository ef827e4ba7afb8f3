// The questions that wait: one for each topic, the newest.

import type { Answer, Question, Topic } from "../protocol";

/** A question, and what gets its answer; null if a newer question of the topic has replaced it. */
export interface Asked {
  question: Question;
  resolve(answer: Answer | null): void;
}

export class Queue {
  readonly #waiting = new Map<Topic, Asked>();

  /** Add a question, in place of an older one of its topic. */
  add(asked: Asked): void {
    const { topic } = asked.question;
    this.#waiting.get(topic)?.resolve(null);
    this.#waiting.delete(topic);
    this.#waiting.set(topic, asked);
  }

  /** Remove and return the next question: the findings first, then the oldest. */
  next(): Asked | undefined {
    const asked = this.#waiting.get("check") ?? this.#waiting.values().next().value;
    if (asked) this.#waiting.delete(asked.question.topic);
    return asked;
  }

  /** Answer all questions. */
  clear(answer: Answer | null): void {
    for (const { resolve } of this.#waiting.values()) resolve(answer);
    this.#waiting.clear();
  }
}
