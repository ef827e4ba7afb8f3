// Local files, examples, kept texts, and words about results.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { modeOf, readFiles } = await load("local-files");
const { example } = await load("examples");
const { MODES, nameFault, readKept } = await load("state");
const { isComplete, result } = await load("findings");

const file = (name, content) => new File([content], name);

test("local files are read as UTF-8 text, with the line breaks of the editor", async () => {
  const opened = await readFiles([file("a.tf", "# bücher 🏖\r\n"), file("b.yaml", "\ufeffa: 1\n")]);
  assert.deepEqual(opened, { files: [{ name: "a.tf", text: "# bücher 🏖\n" }, { name: "b.yaml", text: "a: 1\n" }], faults: [] });
});

test("what is no text has a reason, and the others are read", async () => {
  const { files, faults } = await readFiles([
    file("a.pem", "-----BEGIN CERTIFICATE-----\n"),
    file("a.der", new Uint8Array([0x30, 0x82, 1, 1])),
    file("a.bin", new Uint8Array([0xff, 0xfe, 0])),
    file("big.yaml", "a".repeat(1024 * 1024 + 1)),
    file("<b>.tf", ""),
  ]);
  assert.deepEqual(files, [{ name: "<b>.tf", text: "" }]);
  assert.equal(faults.length, 4);
  assert.match(faults[0], /`a\.pem` is a certificate, a signing request or a key/);
  assert.match(faults[1], /`a\.der` is a certificate/);
  assert.match(faults[2], /`a\.bin` is not UTF-8/);
  assert.match(faults[3], /larger than 1 MiB/);
});

test("a text that begins like a certificate is read", async () => {
  const opened = await readFiles([file("a.txt", "0.brightharbor.io\n"), file("b.txt", "0é")]);
  assert.deepEqual(opened.faults, []);
  assert.equal(opened.files.length, 2);
});

test("a second file of a name is left out, and the page says so", async () => {
  const { files, faults } = await readFiles([file("a.txt", "one"), file("a.txt", "two")]);
  assert.deepEqual(files, [{ name: "a.txt", text: "one" }]);
  assert.deepEqual(faults, ["Another file named `a.txt` was left out."]);
});

test("a name has no character without a glyph, as the interpreter wants it", () => {
  for (const character of ["\0", "\x85", "\xa0", "\u200b", "\u2028", "\u202e", "\u202f", "\ufeff", "\ud800"])
    assert.match(nameFault(`a${character}b.txt`), /cannot be printed/);
  for (const name of ["a b.txt", "bücher.tf", "🏖.yaml", "עברית.txt"]) assert.equal(nameFault(name), "");
});

test("each example is recognized as its own format", () => {
  for (const mode of MODES) assert.equal(modeOf(example(mode, "2026-11-30").files, "api"), mode);
});

test("a file of no known form stays in the current mode", () => {
  assert.equal(modeOf([{ name: "a.yaml", text: "a: 1\n" }], "kubernetes"), "kubernetes");
});

test("a megabyte of empty lines is recognized at once", () => {
  for (const line of ["\n", "\u2028"]) assert.equal(modeOf([{ name: "a.yaml", text: `${line.repeat(1024 * 1024)}\n \t"Resources" : {}` }], "api"), "cloudformation");
});

test("the example of a certificate waits since the day before", () => {
  assert.match(example("certificates", "2026-11-30").files[0].text, /"CreatedAt": "2026-11-29T/);
});

test("kept texts are checked like links", () => {
  const kept = { mode: "names", region: "", asOf: "", texts: { names: { files: [], hosts: "a" }, other: 1 } };
  assert.deepEqual(readKept(kept), { ...kept, texts: { names: { files: [], hosts: "a" } } });
  for (const change of [{ texts: null }, { mode: "x" }, { texts: { api: [] } }]) assert.throws(() => readKept({ ...kept, ...change }), /its|one of|format/);
});

test("names of files are relative paths that can be printed", () => {
  assert.deepEqual(["main.tf", "modules/a b/main.tf", "<img>.yaml"].map(nameFault), ["", "", ""]);
  for (const name of ["", "/a", "a//b", "./a", "a/..", "a\\b", "a\u0000", "a\u202e"]) assert.notEqual(nameFault(name), "");
});

const answer = (findings, errors, unchecked) => ({
  topic: "check",
  findings: findings.map((severity) => ({ severity })),
  errors: errors.map((message) => ({ message, span: null })),
  unchecked: unchecked.map((message) => ({ message, help: "", span: null })),
  summary: "",
  report: null,
});

test("a result never hides that something was left out", () => {
  assert.equal(result(answer([], [], [])), "No findings");
  assert.equal(result(answer(["error", "error", "note"], [], [])), "2 errors, 1 note");
  assert.equal(result(answer([], ["x"], [])), "1 input not read");
  assert.equal(result(answer(["warning"], ["x", "y"], [])), "1 warning, 2 inputs not read");
  assert.equal(result(answer([], [], ["x"])), "No findings, not everything was checked");
});

test("everything was checked only if nothing was left out", () => {
  assert.equal(isComplete(answer(["error"], [], [])), true);
  assert.equal(isComplete(answer([], ["x"], [])), false);
  assert.equal(isComplete(answer([], [], ["x"])), false);
});
