// What the page shows, as links and the storage of the tab contain it. Both may contain anything,
// so each value is checked, and nothing else is read.

import type { File } from "../protocol";
import { clamp, isDate } from "./dates";

export const MODES = ["cloudformation", "terraform", "kubernetes", "api", "names", "certificates"] as const;
export type Mode = (typeof MODES)[number];

/** The texts of one mode. */
export interface Texts {
  files: File[];
  hosts: string;
}

/** One mode with its texts; the date is empty for today. */
export interface Shared extends Texts {
  mode: Mode;
  region: string;
  asOf: string;
}

/** What a tab keeps: the texts of each mode that was used. */
export interface Kept {
  mode: Mode;
  region: string;
  asOf: string;
  texts: Partial<Record<Mode, Texts>>;
}

/** The message is for the reader. */
export class Malformed extends Error {}

export const MOST_FILES = 50;
/** The most characters of all texts together. */
export const MOST_TEXT = 1024 * 1024;
const LONGEST_NAME = 200;
const REGION = /^[a-z0-9-]{0,40}$/;
/** What the interpreter refuses in a name too: all but a space that has no glyph. */
const UNPRINTABLE = /\p{C}|(?! )\p{Z}/u;

/** What is wrong with the name of a file, or an empty string. */
export function nameFault(name: string): string {
  if (name === "") return "a file needs a name, such as main.tf";
  if (name.length > LONGEST_NAME) return `a file name can have at most ${LONGEST_NAME} characters`;
  if (UNPRINTABLE.test(name)) return "a file name contains a character that cannot be printed";
  const parts = name.split("/");
  if (name.includes("\\") || parts.some((part) => ["", ".", ".."].includes(part)))
    return "a file name must be a relative path, such as modules/dns/main.tf";
  return "";
}

type Member = Mode | "asOf" | "files" | "hosts" | "mode" | "name" | "region" | "text" | "texts";
type Members = Readonly<Partial<Record<Member, unknown>>>;

function members(value: unknown, what: string): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Malformed(`${what} is not an object`);
  return value;
}

function string(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Malformed(`${what} is not a string`);
  return value;
}

function optional(value: unknown, what: string): string {
  return value === undefined || value === null ? "" : string(value, what);
}

function readMode(value: unknown): Mode {
  const mode = MODES.find((each) => each === value);
  if (!mode) throw new Malformed("it is for a format that this page does not have");
  return mode;
}

function readTexts(value: Members): Texts {
  const list = value.files ?? [];
  if (!Array.isArray(list)) throw new Malformed("its files are not a list");
  if (list.length > MOST_FILES) throw new Malformed(`it has more than ${MOST_FILES} files`);
  const files = list.map((item: unknown) => {
    const file = members(item, "one of its files");
    const name = string(file.name, "the name of a file");
    const fault = nameFault(name);
    if (fault) throw new Malformed(fault);
    return { name, text: lines(string(file.text, "the text of a file")) };
  });
  if (new Set(files.map((file) => file.name)).size < files.length) throw new Malformed("two of its files have the same name");
  const hosts = lines(optional(value.hosts, "the list of hosts"));
  const size = files.reduce((sum, file) => sum + file.text.length, hosts.length);
  if (size > MOST_TEXT) throw new Malformed("its text is longer than 1 MiB");
  return { files, hosts };
}

function readRegion(value: unknown): string {
  const region = optional(value, "its Region");
  if (!REGION.test(region)) throw new Malformed("its Region is malformed");
  return region;
}

function readDate(value: unknown): string {
  const date = optional(value, "its date");
  if (date === "") return "";
  if (!isDate(date)) throw new Malformed("its date is not a date such as 2026-11-30");
  return clamp(date);
}

/** The line breaks that the editor has, so that spans fit. */
export function lines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** Read the content of a link; raises Malformed. */
export function readShared(value: unknown): Shared {
  const link = members(value, "its content");
  const mode = readMode(link.mode);
  return { mode, ...readTexts(link), region: readRegion(link.region), asOf: readDate(link.asOf) };
}

/** Read what the tab keeps; raises Malformed. */
export function readKept(value: unknown): Kept {
  const kept = members(value, "its content");
  const texts: Partial<Record<Mode, Texts>> = {};
  const all = members(kept.texts, "its texts");
  for (const mode of MODES) if (Object.hasOwn(all, mode)) texts[mode] = readTexts(members(all[mode], "one of its texts"));
  return { mode: readMode(kept.mode), region: readRegion(kept.region), asOf: readDate(kept.asOf), texts };
}
