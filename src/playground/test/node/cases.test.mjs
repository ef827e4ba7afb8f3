// The findings of the page are those of the command, for all case files of the tests.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, describe, test } from "node:test";

import { PYTHON, started } from "./built.mjs";

const PROGRAM = "it has a program: the command skips it in a directory, and the page says so";
/** Case files whose report differs in the page, by the reason. */
const OTHERS = new Map([
  ["import.case", "it reads an X.509 certificate"],
  ["signing-request.case", "it reads a signing request"],
  ["terraform-import.case", "it reads X.509 certificates"],
  ["threads/import-without-its-chain.case", "it reads an X.509 certificate"],
  ["threads/certificate-under-another-name.case", PROGRAM],
  ["threads/listener-of-a-program.case", PROGRAM],
  ["threads/nested-host-of-a-program.case", PROGRAM],
  ["threads/wrong-account-in-the-pipeline.case", PROGRAM],
  ["weak-signing-request.case", "it reads a signing request"],
]);

const script = new URL("cases.py", import.meta.url).pathname;
const CASES = JSON.parse(
  execFileSync(PYTHON, [script], { encoding: "utf8", maxBuffer: 1e8, stdio: ["ignore", "pipe", "ignore"] }),
);

/** Options that the page has, or that a file of settings states as well. */
const OPTIONS = {
  "--region": (question, value) => (question.region = value),
  "--as-of": (question, value) => (question.asOf = value),
  "--param": (question, value, settings) => settings.parameters.push(value),
  "--quota": (question, value, settings) => settings.quotas.push(value),
};

/** Return the question that asks what a command asks. */
function asked({ words, texts, day }) {
  const files = Object.entries(texts).map(([name, text]) => ({ name, text }));
  const question = { topic: "check", files, hosts: "", region: "", asOf: day };
  const settings = { parameters: [], quotas: [] };
  for (const [index, word] of words.entries()) {
    if (!word.startsWith("--") || word === "--show-undecided") continue;
    assert.ok(OPTIONS[word], `${word} is not in OPTIONS`);
    OPTIONS[word](question, words[index + 1], settings);
  }
  const lines = Object.entries(settings).flatMap(([table, values]) => [
    `[${table}]`,
    ...values.map((each) => {
      const [name, value] = each.split(/=(.*)/s);
      return `${name} = ${table === "quotas" ? value : JSON.stringify(value)}`;
    }),
  ]);
  if (lines.length > 2) files.push({ name: ".acmrules.toml", text: lines.join("\n") });
  return question;
}

test("all case files are there", () => {
  assert.ok(CASES.length >= 70);
  const names = CASES.map(({ name }) => name);
  assert.deepEqual([...OTHERS.keys()].filter((name) => !names.includes(name)), []);
});

for (const withSnapshot of [true, false]) {
  describe(withSnapshot ? "with a snapshot" : "without a snapshot", () => {
    let answer;
    before(async () => {
      answer = await started(withSnapshot);
    });
    for (const found of CASES) {
      const reason = OTHERS.get(found.name);
      test(`${found.name} has ${reason ? "another report" : "the same report"}`, () => {
        const { topic, message, report } = answer(asked(found));
        assert.equal(topic, "check", message);
        // A file that is in this list without need has to leave it.
        const compare = reason ? assert.notDeepEqual : assert.deepEqual;
        compare(report, found.report, reason);
      });
    }
  });
}
