// What the page does without a network, without a file, or without its interpreter.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Playground } from "./support/playground.mjs";
import { MARKER, visitors } from "./support/visitor.mjs";

const visit = visitors();

const WRONG = `{"DomainName": "${MARKER}_.brightharbor.io"}`;

test("after a visit, the playground checks without a network", () =>
  visit(async (visitor) => {
    const { page, context, server } = visitor;
    // The browser tells that the network is gone.
    visitor.expected.push(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/);
    const playground = await new Playground(visitor).started();
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
    await context.setOffline(true);
    await server.stop();
    try {
      await page.reload();
      await playground.answered();
      await playground.mode("api");
      await playground.type(WRONG);
      await playground.finding("ACM101").waitFor();
      for (const name of ["coverage", "validation", "dates"]) await playground.tab(name);
    } finally {
      await context.setOffline(false);
      await server.start();
    }
  }));

test("an interpreter that an input stops is replaced, and the text stays", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    // Pyodide tells how it ended.
    visitor.expected.push(/fatal error|Maximum call stack size exceeded/);
    const playground = await new Playground(visitor).started();
    await playground.mode("api");
    await playground.finding("request.json").first().waitFor();
    const deep = "[".repeat(100_000);
    await playground.type(deep);
    const begin = Date.now();
    await page.locator("#panel-check").filter({ hasText: "This input stopped the interpreter" }).waitFor();
    await playground.state("ready");
    // The aim is 3 seconds; a busy machine needs more.
    assert.ok(Date.now() - begin < 10_000, `${Date.now() - begin} ms`);
    assert.ok((await playground.text()).startsWith("[[[["));

    await playground.type(WRONG);
    await playground.finding("ACM101").waitFor();
  }));

test("without the snapshot, Python starts the long way", () =>
  visit(async (visitor) => {
    visitor.server.missing = /\/snapshot\./;
    visitor.expected.push(/status of 404 .*\/snapshot\./);
    const playground = await new Playground(visitor).started();
    await playground.finding("ACM205").waitFor();
    assert.ok(visitor.server.requests.some(({ url }) => url.includes("/snapshot.")));
  }));

test("without Python, the page says so, keeps the text, and tries again", () =>
  visit(async (visitor) => {
    const { page, server } = visitor;
    server.missing = /\/python\./;
    visitor.expected.push(/status of 404 .*\/python\./);
    const playground = await new Playground(visitor).open();
    await playground.state("failed");
    await page.locator("#failure").filter({ hasText: "Your text is kept" }).waitFor();
    const text = await playground.text();
    await page.locator("#panel-check").filter({ hasText: "does not start" }).waitFor();
    server.missing = null;
    await page.getByRole("button", { name: "Try again" }).click();
    await playground.finding("ACM205").waitFor();
    await page.locator("#failure").waitFor({ state: "hidden" });
    assert.equal(await playground.text(), text);
  }));

test("without JavaScript, the page says what it needs", () =>
  visit(
    async (visitor) => {
      await new Playground(visitor).open();
      await visitor.page.locator("noscript p").filter({ visible: true }).waitFor();
    },
    { javaScriptEnabled: false },
  ));
