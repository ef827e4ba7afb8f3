// Places in UTF-16 code units, and fixes that fit together.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { byFile, together, visible } = await load("spans");
const { isSafe, isSuppression } = await load("fixes");

const BEACH = "🏖";

test("a place is within its text", () => {
  assert.deepEqual(visible("abc", { from: 1, to: 2 }), { from: 1, to: 2 });
  assert.deepEqual(visible("abc", { from: -4, to: 99 }), { from: 0, to: 3 });
  assert.deepEqual(visible("abc", { from: 7, to: 9 }), { from: 2, to: 3 });
  assert.deepEqual(visible("abc", { from: 2, to: 1 }), { from: 2, to: 3 });
  assert.deepEqual(visible("", { from: 0, to: 0 }), { from: 0, to: 0 });
});

test("a place never splits a character of two code units", () => {
  assert.equal(BEACH.length, 2);
  const text = `a${BEACH}b`;
  assert.deepEqual(visible(text, { from: 2, to: 3 }), { from: 1, to: 3 });
  assert.deepEqual(visible(text, { from: 1, to: 2 }), { from: 1, to: 3 });
  assert.deepEqual(visible(text, { from: 1, to: 1 }), { from: 1, to: 3 });
  assert.deepEqual(visible(text, { from: 2, to: 2 }), { from: 1, to: 3 });
});

test("a place without a length shows a character of its line", () => {
  assert.deepEqual(visible("ab\nc", { from: 0, to: 0 }), { from: 0, to: 1 });
  assert.deepEqual(visible("ab\nc", { from: 2, to: 2 }), { from: 1, to: 2 });
  assert.deepEqual(visible("ab\nc", { from: 4, to: 4 }), { from: 3, to: 4 });
  assert.deepEqual(visible(`${BEACH}\n`, { from: 2, to: 2 }), { from: 0, to: 2 });
  assert.deepEqual(visible("a\n\nb", { from: 2, to: 2 }), { from: 2, to: 2 });
});

const edit = (file, from, to, text = "") => ({ file, from, to, text });
const fix = (...edits) => ({ title: "Fix", edits });

test("fixes of different places are made together", () => {
  const edits = [edit("a", 5, 9), edit("a", 0, 5), edit("b", 0, 5)];
  assert.deepEqual(together(edits.map((each) => fix(each))), { edits, taken: 3 });
});

test("of fixes that overlap, the first is made as a whole", () => {
  const first = fix(edit("a", 0, 5), edit("a", 8, 9));
  const second = fix(edit("a", 20, 21), edit("a", 4, 6));
  assert.deepEqual(together([first, second]), { edits: first.edits, taken: 1 });
});

test("two insertions at one place are not made together, because their order matters", () => {
  assert.equal(together([fix(edit("a", 3, 3, "x")), fix(edit("a", 3, 3, "y"))]).taken, 1);
});

test("an edit that two fixes need is made once", () => {
  const same = edit("a", 3, 3, "x");
  assert.deepEqual(together([fix(same), fix({ ...same }, edit("a", 9, 9, "y"))]), { edits: [same, edit("a", 9, 9, "y")], taken: 2 });
});

test("edits are grouped by file, in the order of the text", () => {
  const grouped = byFile([edit("a", 5, 6), edit("b", 1, 1), edit("a", 1, 2), edit("a", 1, 1)]);
  assert.deepEqual([...grouped], [["a", [edit("a", 1, 1), edit("a", 1, 2), edit("a", 5, 6)]], ["b", [edit("b", 1, 1)]]]);
});

test("only safe fixes are applied together", () => {
  const of = (kind) => ({ kind, title: "", edits: [] });
  assert.deepEqual(["safe", "unsafe", "suppression"].map((kind) => isSafe(of(kind))), [true, false, false]);
  assert.deepEqual(["safe", "unsafe", "suppression"].map((kind) => isSuppression(of(kind))), [false, false, true]);
});
