// What the page and the worker send to each other.

import type { Files } from "./files";

export type ToWorker =
  /** Sent first. `base` is the folder of the playground. */
  | { kind: "start"; base: string; withSnapshot: boolean; files: Files | null }
  /** One question at a time, as JSON. */
  | { kind: "ask"; question: string };

export type FromWorker =
  /** The part of the download that has arrived, from 0 to 1. */
  | { kind: "progress"; part: number }
  /** All files are there; Python starts. */
  | { kind: "starting" }
  /** The files are for the next worker, if the page did not send them. */
  | { kind: "ready"; files: Files | null }
  /** As JSON. */
  | { kind: "answer"; answer: string }
  /** The worker cannot start, or can be asked no more. */
  | { kind: "dead"; reason: string };
