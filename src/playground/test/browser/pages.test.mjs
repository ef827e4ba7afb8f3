// Each kind of page: no serious fault of accessibility, and nothing wider than a phone.

import assert from "node:assert/strict";
import { test } from "node:test";

import { examineAll, NARROW, prepare, show, examine } from "./support/axe.mjs";
import { ANSWERS, openAnswer, openPage, PAGES, search, showAnswer } from "./support/kinds.mjs";
import { Playground } from "./support/playground.mjs";
import { visitors } from "./support/visitor.mjs";

const visit = visitors();

for (const kind of Object.keys(PAGES))
  test(`everybody can use the page: ${kind}`, () =>
    visit(async (visitor) => {
      await prepare(visitor);
      if (kind === "missing") visitor.expected.push(/status of 404/);
      await examineAll(visitor.page, kind, () => openPage(visitor, kind));
    }));

test("everybody can use the search", () =>
  visit(async (visitor) => {
    await prepare(visitor);
    await examineAll(visitor.page, "search", async () => {
      await openPage(visitor, "home");
      await search(visitor, "wildcard");
    });
  }));

test("everybody can use the menu of a phone", () =>
  visit(async (visitor) => {
    await prepare(visitor);
    await openPage(visitor, "rule");
    await show(visitor.page, { size: NARROW });
    await visitor.page.locator("label.md-header__button[for=__drawer]").click();
    await examine(visitor.page, "menu");
  }));

test("everybody can use the playground", () =>
  visit(async (visitor) => {
    await prepare(visitor);
    const playground = await openAnswer(visitor, "check");
    for (const name of Object.keys(ANSWERS)) await examineAll(visitor.page, `playground, ${name}`, () => showAnswer(playground, name));
  }));

test("everybody can use the playground before it has answers", () =>
  visit(async (visitor) => {
    await prepare(visitor);
    visitor.server.missing = /\/python\./;
    visitor.expected.push(/status of 404/);
    await examineAll(visitor.page, "playground without Python", async () => {
      await new Playground(visitor).open();
      await visitor.page.locator("#failure").waitFor();
    });
  }));

test("a window of 320 px, or of 1280 px at 400 %, shows the whole playground", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    await new Playground(visitor).started();
    await show(page, { size: { width: 320, height: 640 } });
    const cut = await page.evaluate(() => {
      // The tabs scroll in a strip of their own.
      const controls = [...document.querySelectorAll("button:not([role=tab]), select, input")];
      const isOutside = (each) => each.getBoundingClientRect().right > document.documentElement.clientWidth;
      const isCut = (span) => {
        const range = document.createRange();
        range.selectNodeContents(span);
        return range.getBoundingClientRect().width > span.getBoundingClientRect().width;
      };
      return {
        width: document.documentElement.scrollWidth,
        modes: [...document.querySelectorAll(".modes span")].filter(isCut).map((span) => span.textContent),
        outside: controls.filter(isOutside).map((each) => each.outerHTML),
      };
    });
    assert.deepEqual(cut, { width: 320, modes: [], outside: [] });
  }));

test("forced colors show the selected tab and the dates of changes", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const playground = await new Playground(visitor).started();
    await playground.mode("api");
    await page.locator("#ticks .tick").first().waitFor({ state: "attached" });
    await page.emulateMedia({ forcedColors: "active" });
    const colors = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return {
        selected: style(".tabs [aria-selected=true]").borderBottomColor,
        other: style(".tabs [aria-selected=false]").borderBottomColor,
        tick: style(".tick").backgroundColor,
        ground: style(".time").backgroundColor,
      };
    });
    assert.notEqual(colors.selected, colors.other);
    assert.notEqual(colors.tick, colors.ground);
  }));
