// When the page asks: only for the newest text, and soon after the last key.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { load } from "./load.mjs";

const { Checks, pause } = await load("checks");

/** A page with one text, an interpreter that answers when the test says so, and timers that a test moves. */
function page(t) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const state = { text: "a", topic: "check", asked: [], answered: [], asOf: "2026-11-30" };
  const asked = { ask: (question) => new Promise((resolve) => state.asked.push({ question, resolve })) };
  const checks = new Checks(asked, {
    question: (topic) => ({ topic, files: [{ name: "a", text: state.text }], hosts: "", region: "", asOf: state.asOf }),
    shown: () => state.topic,
    answered: (topic, answer) => state.answered.push([topic, answer.text ?? answer.message]),
  });
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const tick = async (ms) => {
    mock.timers.tick(ms);
    await settle();
  };
  const reply = async (answer) => {
    const { resolve, question } = state.asked.shift();
    resolve(answer === undefined ? { topic: question.topic, text: question.files[0].text, isComplete: true } : answer);
    await settle();
  };
  const change = (text) => {
    state.text = text;
    checks.changed();
  };
  const check = async (text) => {
    change(text);
    await tick(50);
    await reply();
  };
  return { state, checks, tick, reply, change, check };
}

test("the pause is short if checks are fast, and has a limit", () => {
  assert.equal(pause(0), 20);
  assert.equal(pause(30), 20);
  assert.equal(pause(200), 120);
  assert.equal(pause(60_000), 250);
});

test("keys that follow each other are one question, about the newest text", async (t) => {
  const { state, tick, reply, change } = page(t);
  for (const text of ["b", "bc", "bcd"]) {
    change(text);
    await tick(10);
  }
  assert.equal(state.asked.length, 0);
  await tick(20);
  assert.equal(state.asked.length, 1);
  await reply();
  assert.deepEqual(state.answered, [["check", "bcd"]]);
});

test("an answer about an older text is not shown", async (t) => {
  const { state, checks, tick, reply, change } = page(t);
  change("b");
  await tick(50);
  change("c");
  await reply();
  assert.deepEqual(state.answered, []);
  assert.equal(checks.isCurrent, false);
  await tick(50);
  await reply();
  assert.deepEqual(state.answered, [["check", "c"]]);
  assert.equal(checks.isCurrent, true);
});

test("the shown answer and the dates follow after a pause, once each", async (t) => {
  const { state, checks, tick, reply, check } = page(t);
  state.topic = "coverage";
  await check("b");
  await tick(1000);
  assert.deepEqual(state.asked.map(({ question }) => question.topic), ["coverage", "dates"]);
  await reply();
  await reply();
  checks.look();
  assert.equal(state.asked.length, 0);
});

test("an answer that was forgotten is asked for again", async (t) => {
  const { state, checks, tick, reply, change, check } = page(t);
  await check("a");
  // Another mode and back, before the check of the other one has begun.
  checks.forget();
  change("a");
  assert.equal(checks.isCurrent, false);
  await tick(50);
  await reply();
  assert.deepEqual(state.answered, [["check", "a"], ["check", "a"]]);
});

test("another date asks for the findings again, and not for the dates", async (t) => {
  const { state, checks, tick, reply, check } = page(t);
  await check("b");
  await tick(1000);
  await reply();
  state.asOf = "2028-01-01";
  checks.changed();
  await tick(50);
  await reply();
  await tick(1000);
  assert.deepEqual(state.answered.map(([topic]) => topic), ["check", "dates", "check"]);
  assert.equal(state.asked.length, 0);
});

test("a question that fails has its message as the answer", async (t) => {
  const { state, tick, reply, change } = page(t);
  change("b");
  await tick(50);
  await reply(Promise.reject(new Error("no memory")));
  assert.deepEqual(state.answered, [["check", "no memory"]]);
});

test("if a text has no findings, no other question about it is asked", async (t) => {
  const { state, tick, reply, change } = page(t);
  state.topic = "coverage";
  change("b");
  await tick(50);
  await reply({ topic: "error", message: "too deep" });
  await tick(1000);
  assert.equal(state.asked.length, 0);
  assert.deepEqual(state.answered, [["check", "too deep"], ["coverage", "too deep"], ["dates", "too deep"]]);
  change("c");
  await tick(50);
  assert.equal(state.asked.length, 1);
});

test("a new interpreter gets the question again", async (t) => {
  const { state, checks, tick, check } = page(t);
  await check("b");
  const asked = [];
  checks.restart({ ask: (question) => new Promise(() => asked.push(question.topic)) });
  await tick(300);
  assert.deepEqual(asked, ["check"]);
  assert.equal(state.asked.length, 0);
});

test("a long answer is asked for until it is complete, or until the text changes", async (t) => {
  const { state, tick, reply, change, check } = page(t);
  await check("b");
  await tick(1000);
  const part = { topic: "dates", isComplete: false, dates: [] };
  await reply(part);
  await reply(part);
  assert.deepEqual(state.asked.map(({ question }) => question.topic), ["dates"]);
  assert.deepEqual(state.answered.map(([topic]) => topic), ["check"]);
  change("c");
  await reply(part);
  assert.equal(state.asked.length, 0);
  await tick(50);
  await reply();
  await tick(1000);
  await reply(part);
  await reply({ topic: "dates", isComplete: true, dates: [], text: "c" });
  assert.equal(state.asked.length, 0);
  assert.deepEqual(state.answered.slice(1), [["check", "c"], ["dates", "c"]]);
});
