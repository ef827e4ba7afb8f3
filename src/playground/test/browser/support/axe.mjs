// Faults that keep people from using a page, found by axe-core.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const SCRIPT = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Rules whose result depends on colors; the others have one result for light and dark. */
const COLORS = ["color-contrast", "link-in-text-block"];

/** Faults of the theme that a site cannot mend: the rule, the selector, and why. */
const EXCEPTIONS = [
  // A result of the search is named by its title and described by its path. The words around a match
  // are part of neither; the theme sets both attributes when it draws results.
  { rule: "label-content-name-mismatch", target: /-results-\d+$/ },
];

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };

/** Let the pages of a visitor be examined; call it before the first page opens. */
export async function prepare({ context }) {
  await context.addInitScript({ path: SCRIPT });
}

/** Show the page in a size and in colors. */
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

/** Return the serious and critical faults of the page as it is now. */
async function faults(page, state, rules) {
  const found = await page.evaluate(async (only) => {
    const options = { resultTypes: ["violations"], ...(only && { runOnly: { type: "rule", values: only } }) };
    const { violations } = await window.axe.run(document, options);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map((node) => ({ rule: id, target: node.target.flat().join(" "), why: node.failureSummary })));
  }, rules);
  return found
    .filter(({ rule, target }) => !EXCEPTIONS.some((each) => each.rule === rule && each.target.test(target)))
    .map(({ rule, target, why }) => `${state}: ${rule} ${target}: ${why.replace(/^.*\n\s*/, "")}`);
}

/** Fail if the page, as it is now, has a serious or critical fault. */
export async function examine(page, what) {
  await settled(page);
  assert.deepEqual(await faults(page, what, null), []);
}

/**
 * Examine the page wide and narrow, light and dark; nothing may be wider than the window.
 *
 * `open` opens the page: the theme chooses its colors when a page opens, and not later.
 */
export async function examineAll(page, what, open) {
  const all = [];
  for (const [size, colors, isNew] of [
    [WIDE, "light", true],
    [NARROW, "light"],
    [NARROW, "dark", true],
    [WIDE, "dark"],
  ]) {
    await show(page, { size, colors });
    if (isNew) await open();
    await settled(page);
    const state = `${what}, ${size.width} px, ${colors}`;
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > size.width) all.push(`${state}: the page is ${width} px wide`);
    all.push(...(await faults(page, state, colors === "dark" ? COLORS : null)));
  }
  assert.deepEqual(all, []);
}
