// The playground without a pointer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Playground } from "./support/playground.mjs";
import { MARKER, visitors } from "./support/visitor.mjs";

const visit = visitors();

/** What has the focus: the innermost element, also in the tree of the editor. */
const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const box = element.getBoundingClientRect();
    const isEditor = element.classList.contains("cm-content");
    const outlined = isEditor ? element.closest(".cm-editor") : element;
    const label = element.closest("label");
    const styles = [outlined, label, label?.querySelector("span")].filter(Boolean).map((each) => getComputedStyle(each));
    return {
      isPage: element === document.body,
      isEditor,
      isVisible: box.width > 0 && box.height > 0,
      isMarked: isEditor
        ? getComputedStyle(outlined, "::after").borderTopStyle !== "none"
        : styles.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none"),
      name: element.id || element.getAttribute("aria-label") || element.textContent.trim().slice(0, 40),
    };
  });

test("a name is typed, fixed and explained with keys alone", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const { keyboard } = page;
    const playground = await new Playground(visitor).started();
    await keyboard.press("Tab");
    assert.equal((await focused(page)).name, "Skip to the editor");
    await keyboard.press("Enter");
    for (let stops = 0; !(await focused(page)).isEditor; stops += 1) {
      assert.ok(stops < 10, "the editor is near the skip link");
      await keyboard.press("Tab");
    }
    await keyboard.press("ControlOrMeta+a");
    await keyboard.insertText(`Resources:\n  A:\n    Type: AWS::CertificateManager::Certificate\n    Properties: {DomainName: ${MARKER}.brightharbor.io., ValidationMethod: EMAIL}\n`);
    await playground.finding("ACM101").waitFor();
    await page.locator("#live").filter({ hasText: "1 error" }).waitFor();
    await keyboard.press("F8");
    await page.locator("#live").filter({ hasText: "ends in a dot" }).waitFor();
    await keyboard.press("ControlOrMeta+.");
    await playground.finding("ACM101").waitFor({ state: "detached" });
    await keyboard.press("ControlOrMeta+z");
    await playground.finding("ACM101").waitFor();

    await keyboard.press("Escape");
    await keyboard.press("Tab");
    assert.equal((await focused(page)).isEditor, false);
    for (let stops = 0; (await focused(page)).name !== "tab-check"; stops += 1) {
      assert.ok(stops < 10, "the answers follow the editor");
      await keyboard.press("Tab");
    }
    await keyboard.press("ArrowRight");
    await page.locator("#panel-coverage").waitFor();
    await keyboard.press("End");
    await page.locator("#panel-dates").waitFor();
  }));

test("Tab reaches the end of the page, and each stop is visible", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    await new Playground(visitor).started();
    const names = [];
    for (;;) {
      await page.keyboard.press("Tab");
      let stop = await focused(page);
      if (stop.isEditor) {
        // It draws the focus a moment later.
        await page.locator(".cm-editor.cm-focused").waitFor();
        stop = await focused(page);
      }
      if (stop.isPage || (names.length && stop.name === "Skip to the editor")) break;
      // The parts of a date have one name, and the browser draws the focus of its last one.
      if (stop.name === names.at(-1)) continue;
      names.push(stop.name);
      assert.ok(names.length < 200, `no end after ${names.slice(-5)}`);
      assert.ok(stop.isVisible, `${stop.name} has the focus and no size`);
      assert.ok(stop.isMarked, `${stop.name} does not show the focus`);
      if (stop.isEditor) await page.keyboard.press("Escape");
    }
    for (const name of ["colors", "share", "date", "day", "tab-check", "panel-check"]) assert.ok(names.includes(name), `${name} is not reached: ${names}`);
  }));
