// Texts, names and files that are meant to break the page, or that it could pass without a check.

import assert from "node:assert/strict";
import { test } from "node:test";

import { link, Playground } from "./support/playground.mjs";
import { visitors } from "./support/visitor.mjs";

const visit = visitors();

const MARKUP = '<img src=x onerror="document.title=1"><svg onload="document.title=1">';

const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });

/** How far the page is wider than the window. */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test("no text and no name of a file is markup", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const name = `${MARKUP.replaceAll("/", "")}.txt`;
    const fragment = link({ mode: "names", files: [{ name, text: `${MARKUP}.local\n` }], hosts: MARKUP });
    const playground = await new Playground(visitor).open(fragment);
    await page.locator("#panel-check").filter({ hasText: "onerror" }).waitFor();
    for (const tab of ["coverage", "validation", "diagnosis", "dates"]) await playground.tab(tab);
    assert.equal(await page.locator("#work img[src=x], #work svg[onload]").count(), 0);
    assert.notEqual(await page.title(), "1");
  }));

test("many files do not widen the page, and those that leave it are counted", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const playground = await new Playground(visitor).started();
    const files = (letter) => Array.from({ length: 40 }, (_, index) => file(`${letter}${index}.txt`, "a.local\n"));
    await page.locator("#open").setInputFiles(files("f"));
    await playground.says("40 errors");
    assert.equal(await overflow(page), 0);
    await page.locator("#open").setInputFiles(files("g"));
    await playground.notice.filter({ hasText: "at most 50 files, so 30 earlier ones were removed" }).waitFor();
  }));

test("an old pass is not shown while a check takes long", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const text = '{"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}';
    const playground = await new Playground(visitor).open(link({ mode: "api", region: "us-east-1", files: [{ name: "request.json", text }] }));
    const pass = page.locator("#panel-check .complete");
    await pass.waitFor();
    await playground.state("ready");
    // The worker gets the next question late.
    await page.evaluate(() => {
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function late(...words) {
        setTimeout(() => postMessage.apply(this, words), 2000);
      };
    });
    await playground.type('{"DomainName": "brightharbor.local"}');
    await page.locator("#panel-check[aria-busy=true]").waitFor();
    assert.equal(await pass.isVisible(), false);
    await playground.finding("ACM105").waitFor();
    await page.locator("#panel-check:not([aria-busy])").waitFor();
  }));

test("a mode that is left and chosen again at once keeps its underlines", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const playground = await new Playground(visitor).started();
    await playground.underlined.first().waitFor();
    await page.evaluate(() => {
      for (const mode of ["names", "cloudformation"]) document.querySelector(`input[name=mode][value=${mode}]`).click();
    });
    await playground.underlined.first().waitFor();
  }));

test("without workers, the page says that Python does not run", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    await page.addInitScript(() => {
      globalThis.Worker = undefined;
    });
    const playground = await new Playground(visitor).open();
    await playground.state("failed");
    await page.locator("#failure").filter({ hasText: "not a constructor" }).waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("#failure").waitFor();
  }));
