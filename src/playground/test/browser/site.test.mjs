// The site, as someone with a problem uses it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { search } from "./support/kinds.mjs";
import { visitors } from "./support/visitor.mjs";

const visit = visitors();

test("the home page leads to the playground", () =>
  visit(async ({ page, server }) => {
    await page.goto(server.address());
    await page.getByRole("main").getByRole("link", { name: "playground" }).first().click();
    await page.waitForURL(server.address("playground/"));
    await page.locator("#panel-check .finding").first().waitFor();
    await page.getByRole("link", { name: "acmrules", exact: true }).click();
    await page.waitForURL(server.address());
  }));

for (const [what, words] of [
  ["its identifier", "ACM205"],
  ["its name", "uncovered-host"],
  ["its message", "does not cover"],
])
  test(`the search finds a rule by ${what}`, () =>
    visit(async (visitor) => {
      const { page, server } = visitor;
      await page.goto(server.address("start/"));
      const results = await search(visitor, words);
      const addresses = await results.evaluateAll((links) => links.map((each) => each.href));
      const at = addresses.findIndex((each) => each.startsWith(server.address("rules/ACM205/")));
      assert.ok(0 <= at && at < 10, `the rule is result ${at} of ${addresses.slice(0, 10).join(" ")}`);
      await results.nth(at).click();
      await page.waitForURL((url) => url.href.startsWith(server.address("rules/ACM205/")));
      assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /ACM205/);
    }));

test("an address without a page leads back to the site", () =>
  visit(async (visitor) => {
    const { page, server } = visitor;
    visitor.expected.push(/status of 404/);
    const response = await page.goto(server.address("rules/ACM999/"));
    assert.equal(response.status(), 404);
    await page.getByRole("main").getByRole("link", { name: "Rules", exact: true }).click();
    await page.waitForURL(server.address("rules/"));
  }));
