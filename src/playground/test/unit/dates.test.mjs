// Dates and days of the slider.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { clamp, FIRST, isDate, LAST, spoken, toDate, toDay, today } = await load("dates");
const { around, numbersOn } = await load("timeline");

test("each day of the slider is a date, and back", () => {
  assert.equal(toDate(0), FIRST);
  assert.equal(toDate(toDay(LAST)), LAST);
  for (let day = 0; day <= toDay(LAST); day += 1) assert.equal(toDay(toDate(day)), day);
});

test("the template has the last day of the slider", async () => {
  const { readFile } = await import("node:fs/promises");
  const page = await readFile(new URL("../../../../docs/overrides/playground.html", import.meta.url), "utf8");
  assert.ok(page.includes(`max="${toDay(LAST)}"`));
});

test("only dates of the calendar are dates", () => {
  assert.deepEqual(["2024-02-29", "2016-01-21", "2029-12-31"].map(isDate), [true, true, true]);
  for (const text of ["2027-02-29", "2027-13-01", "2027-1-1", "2027-00-10", "", "today", "2027-01-01T00:00", " 2027-01-01"]) assert.equal(isDate(text), false);
});

test("today is the date where the reader is, within the slider", () => {
  assert.equal(today(new Date(2026, 10, 30, 23, 59)), "2026-11-30");
  assert.equal(today(new Date(2026, 0, 1, 0, 1)), "2026-01-01");
  assert.equal(today(new Date(2031, 0, 1)), LAST);
  assert.equal(clamp("2010-01-01"), FIRST);
});

test("a date is spoken in words", () => {
  assert.equal(spoken("2026-11-30"), "November 30, 2026");
});

const on = (date, errors, warnings, notes) => ({ date, errors, warnings, notes, changes: ["a"] });

test("the last change includes that of the date, and the next one is after it", () => {
  const changes = [on("2020-01-01", 0, 0, 0), on("2026-03-15", 0, 1, 0), on("2028-03-15", 1, 0, 0)];
  assert.deepEqual(around(changes, "2026-03-15"), { last: changes[1], next: changes[2] });
  assert.deepEqual(around(changes, "2019-01-01"), { last: undefined, next: changes[0] });
  assert.deepEqual(around(changes, "2029-01-01"), { last: changes[2], next: undefined });
});

test("numbers of findings are in words", () => {
  assert.equal(numbersOn(on("2020-01-01", 2, 1, 0)), "2 errors, 1 warning");
  assert.equal(numbersOn(on("2020-01-01", 0, 0, 0)), "no findings");
});
