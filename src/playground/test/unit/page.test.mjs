// The template has what the modules look for, and nothing that the content security policy forbids.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { load } from "./load.mjs";

const page = await readFile(new URL("../../../../docs/overrides/playground.html", import.meta.url), "utf8");
const folder = new URL("../../page/", import.meta.url);
const sources = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), "utf8")));

const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

test("each element that a module looks for is in the template, once", () => {
  const ids = all(page, /\sid="([^"]+)"/g);
  assert.deepEqual(ids, [...new Set(ids)]);
  const wanted = sources.flatMap((source) => all(source, /byId\("([^"]+)"/g));
  assert.ok(wanted.length > 20);
  assert.deepEqual(wanted.filter((id) => !ids.includes(id)), []);
  assert.deepEqual(all(page, /\saria-(?:controls|labelledby)="([^"]+)"/g).filter((id) => !ids.includes(id)), []);
});

test("the template has each mode, and a tab for each topic", async () => {
  const { MODES } = await load("state");
  assert.deepEqual(all(page, /name="mode" value="([^"]+)"/g), [...MODES]);
  assert.deepEqual(all(page, /data-name="([^"]+)"/g), ["check", "coverage", "validation", "diagnosis", "dates"]);
});

test("the policy is strict, and the template has no inline script, style or event handler", () => {
  const [policy] = all(page, /http-equiv="Content-Security-Policy" content="([^"]+)"/g);
  assert.ok(policy?.startsWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  assert.deepEqual(all(page, /<script(?! type="module" src="page\.js"><\/script>)([^>]*)>/g), []);
  assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|javascript:/);
});

test("no module makes HTML of a text", () => {
  for (const source of sources) assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment/);
});
