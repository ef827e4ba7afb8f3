// Faults that keep people from using a page, found by axe-core.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const SCRIPT = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Rules whose result depends on colors; the others have one result for light and dark. */
const COLORS = ["color-contrast", "link-in-text-block"];

/** Faults of the theme that a site cannot mend: the rule, the selector, and why. */
const EXCEPTIONS = [];

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };

/** Let the pages of a visitor be examined; call it before the first page opens. */
export async function prepare({ context }) {
  await context.addInitScript({ path: SCRIPT });
}

export async function show(page, { size = WIDE, colors = "light" }) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: colors, reducedMotion: "reduce" });
  await settled(page);
}

/** Wait until the page looks as it stays: the scheme is applied, and no color changes. */
export async function settled(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await document.fonts.ready;
    await frame();
    const ends = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ends.map((each) => each.finished));
    await frame();
  });
}

/** Fail if the page, as it is now, has a serious or critical fault. */
export async function examine(page, what, rules = null) {
  const found = await page.evaluate(async (only) => {
    const options = { resultTypes: ["violations"], ...(only && { runOnly: { type: "rule", values: only } }) };
    const { violations } = await window.axe.run(document, options);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map((node) => ({ rule: id, target: node.target.flat().join(" "), why: node.failureSummary })));
  }, rules);
  const faults = found.filter(({ rule, target }) => !EXCEPTIONS.some((each) => each.rule === rule && each.target.test(target)));
  assert.deepEqual(faults, [], what);
}

/** Examine the page wide and narrow, light and dark; nothing may be wider than the window. */
export async function examineAll(page, what) {
  for (const [size, colors] of [
    [WIDE, "light"],
    [WIDE, "dark"],
    [NARROW, "dark"],
    [NARROW, "light"],
  ]) {
    await show(page, { size, colors });
    const state = `${what}, ${size.width} px, ${colors}`;
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(excess, 0, `${state}: the page is wider than the window`);
    await examine(page, state, colors === "dark" ? COLORS : null);
  }
}
