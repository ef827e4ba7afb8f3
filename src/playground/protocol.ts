// What the page asks, and what the interpreter answers: src/acmrules/guards/playground reads and
// writes the same objects as JSON.

/** A text that is checked; its name decides its format, as in the command. */
export interface File {
  name: string;
  text: string;
}

/** What a question is about. */
export type Topic = "check" | "coverage" | "validation" | "diagnosis" | "dates";

export interface Question {
  topic: Topic;
  files: File[];
  /** Hosts that use the certificates, one per line, for lists of names; otherwise empty. */
  hosts: string;
  /** The Region, or an empty string if none is chosen. */
  region: string;
  /** The date, such as 2026-11-30. */
  asOf: string;
}

/** A part of a file, in UTF-16 code units from its beginning. */
export interface Span {
  file: string;
  from: number;
  to: number;
}

export interface Edit extends Span {
  text: string;
}

/** What a button does: all edits, or none. */
export interface Fix {
  /** A safe fix keeps the meaning of a file, and a suppression accepts the finding. */
  kind: "safe" | "unsafe" | "suppression";
  title: string;
  edits: Edit[];
}

export type Severity = "error" | "warning" | "note";

export interface Finding {
  severity: Severity;
  /** Such as ACM205. */
  rule: string;
  /** Such as uncovered-host. */
  name: string;
  message: string;
  help: string;
  /** Where it is; null if it concerns no part of a file. */
  span: Span | null;
  line: number;
  column: number;
  related: { span: Span; message: string }[];
  fixes: Fix[];
}

/** Something that was not checked or not decided, and how to get it checked. */
export interface Unchecked {
  message: string;
  help: string;
  span: Span | null;
}

/** The answer to `check`. */
export interface CheckAnswer {
  topic: "check";
  findings: Finding[];
  /** Inputs that cannot be read. */
  errors: { message: string; span: Span | null }[];
  unchecked: Unchecked[];
  /** A sentence: what was checked, found and suppressed. */
  summary: string;
  /** The report of `acmrules check --format json`, for tests and for copying. */
  report: unknown;
}

/** The answer to another topic: a picture, the text of the command, or both; empty if there is none. */
export interface TextAnswer {
  topic: "coverage" | "validation" | "diagnosis";
  text: string;
  /** An SVG document that adapts to light and dark, or an empty string. */
  picture: string;
}

/**
 * The dates on which the findings change, first to last; the first one is the launch of ACM, without changes.
 *
 * An answer that is not complete has no dates yet. The question continues it if it is asked again.
 */
export interface DatesAnswer {
  topic: "dates";
  isComplete: boolean;
  dates: { date: string; errors: number; warnings: number; notes: number; changes: string[] }[];
}

/** The question cannot be answered, for example because it is malformed. */
export interface ErrorAnswer {
  topic: "error";
  message: string;
}

export type Answer = CheckAnswer | TextAnswer | DatesAnswer | ErrorAnswer;
