// Parts of a text, in UTF-16 code units, as JavaScript and the editor count them.

import type { Edit, Fix } from "../protocol";

export interface Part {
  from: number;
  to: number;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The part that can be underlined: within the text, whole characters, and at least one. */
export function visible(text: string, part: Part): Part {
  let from = Math.min(Math.max(0, part.from), text.length);
  let to = Math.min(Math.max(from, part.to), text.length);
  if (from > 0 && isLow(text.charCodeAt(from)) && isHigh(text.charCodeAt(from - 1))) from -= 1;
  if (to === from) {
    if (to < text.length && text[to] !== "\n") to += 1;
    else if (from > 0 && text[from - 1] !== "\n") from -= 1;
  }
  if (to > 0 && isLow(text.charCodeAt(to)) && isHigh(text.charCodeAt(to - 1))) to += 1;
  if (from > 0 && isLow(text.charCodeAt(from)) && isHigh(text.charCodeAt(from - 1))) from -= 1;
  return { from, to };
}

/** Whether two edits change the same place, so that their order would matter. */
function collide(one: Edit, other: Edit): boolean {
  if (one.file !== other.file) return false;
  if (one.from === other.from) return true;
  return one.from < other.to && other.from < one.to;
}

const same = (one: Edit, other: Edit): boolean =>
  one.file === other.file && one.from === other.from && one.to === other.to && one.text === other.text;

/**
 * The edits of as many fixes as fit together: each fix as a whole, or not at all. A fix that
 * repeats edits of an earlier one adds only the others.
 */
export function together(fixes: readonly Fix[]): { edits: Edit[]; taken: number } {
  const edits: Edit[] = [];
  let taken = 0;
  for (const fix of fixes) {
    const added = fix.edits.filter((edit) => !edits.some((known) => same(known, edit)));
    if (added.some((edit) => edits.some((known) => collide(known, edit)))) continue;
    edits.push(...added);
    taken += 1;
  }
  return { edits, taken };
}

/** The edits of each file, in the order of the text. */
export function byFile(edits: readonly Edit[]): Map<string, Edit[]> {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) {
    const list = files.get(edit.file);
    if (list) list.push(edit);
    else files.set(edit.file, [edit]);
  }
  for (const list of files.values()) list.sort((one, other) => one.from - other.from || one.to - other.to);
  return files;
}
