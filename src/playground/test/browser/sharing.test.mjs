// Links that contain the text, good and hostile ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { link, Playground } from "./support/playground.mjs";
import { MARKER, visitors } from "./support/visitor.mjs";

const visit = visitors();

const TEXT = `*.${MARKER}.brightharbor.io\nBücher.${MARKER}.lighthouse.io\n`;

test("a copied link opens the same text, Region and date", () =>
  visit(
    async (visitor) => {
      const { page, context } = visitor;
      const playground = await new Playground(visitor).started();
      await playground.mode("names");
      await playground.type(TEXT);
      await playground.type("brightharbor.io\n", playground.hosts);
      await page.getByLabel("Region", { exact: true }).selectOption("eu-west-1");
      await page.getByLabel("Date", { exact: true }).fill("2027-03-15");
      await page.getByRole("button", { name: "Share" }).click();
      await playground.notice.filter({ hasText: "The link was copied" }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, page.url());

      const other = new Playground(visitor, await context.newPage());
      await other.page.goto(copied);
      await other.answered();
      assert.equal(await other.text(), TEXT);
      assert.equal(await other.text(other.hosts), "brightharbor.io\n");
      assert.equal(await other.page.getByLabel("Region", { exact: true }).inputValue(), "eu-west-1");
      assert.equal(await other.page.getByLabel("Date", { exact: true }).inputValue(), "2027-03-15");
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

test("an edit removes the link from the address", () =>
  visit(async (visitor) => {
    const { page, server } = visitor;
    const playground = await new Playground(visitor).started(link({ mode: "names", files: [{ name: "a.txt", text: TEXT }] }));
    await playground.type("lighthouse.io\n");
    await page.waitForURL(server.address("playground/"));
    await page.reload();
    await playground.answered();
    assert.equal(await playground.text(), "lighthouse.io\n");
  }));

test("a text that a link replaced can be put back, also if the browser keeps nothing", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    const playground = await new Playground(visitor).started();
    await playground.type("a: b\n");
    await playground.notice.filter({ hasText: "If you reload the page, this text is lost" }).waitFor();
    await page.evaluate((value) => (window.location.hash = value), link({ files: [{ name: "other.yaml", text: "c: d\n" }] }));
    await playground.notice.filter({ hasText: "A link replaced the text" }).getByRole("button", { name: "Undo" }).click();
    assert.equal(await playground.text(), "a: b\n");
  }));

test("markup in a link stays text", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    page.on("dialog", (dialog) => {
      visitor.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const markup = "<img src=x onerror=alert(1)>";
    const text = `apiVersion: acm.services.k8s.aws/v1alpha1\nkind: Certificate\nmetadata: {name: "${markup}"}\nspec: {domainName: "${markup}<script>alert(1)</script>"}\n`;
    const playground = await new Playground(visitor).started(link({ mode: "kubernetes", files: [{ name: `${markup}.yaml`, text }], region: "eu-west-1" }));
    await playground.finding("ACM101").first().waitFor();
    await page.getByRole("tab", { name: markup }).waitFor();
    for (const name of ["coverage", "validation", "diagnosis", "dates"]) await playground.tab(name);
    await page.locator("#panel-dates > *").first().waitFor();
    assert.equal(await page.locator("img[onerror], main script").count(), 0);
  }));

const json = (value) => `#1.${Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")}`;
const packed = (bytes) => `#2.${deflateRawSync(bytes).toString("base64url")}`;
const file = (name) => link({ files: [{ name, text: "" }] });

const HOSTILE = {
  "characters that are not base64": ["#1.!!!", "damaged"],
  "bytes that are not compressed": ["#2.____", "damaged"],
  "a version that does not exist": ["#9.AAAA", "newer version"],
  "bytes that are not UTF-8": ["#1.__79", "damaged"],
  "a decompression bomb": [packed(Buffer.alloc(64 * 1024 * 1024, 32)), "larger than this page reads"],
  "deep JSON": [packed(Buffer.from("[".repeat(200_000))), ""],
  "a list": [json([]), "not an object"],
  "a format that does not exist": [json({ mode: "__proto__" }), "format"],
  "a number as text": [json({ mode: "names", files: [{ name: "a.txt", text: 5 }] }), "not a string"],
  "a path out of the folder": [file("../../etc/passwd"), "relative path"],
  "a name that reverses its direction": [file("a\u202etxt.yaml"), "cannot be printed"],
  "two files of one name": [link({ files: [{ name: "a", text: "" }, { name: "a", text: "" }] }), "same name"],
  "too many files": [link({ files: Array.from({ length: 51 }, (_, at) => ({ name: `${at}.tf`, text: "" })) }), "more than 50 files"],
  "a Region that is markup": [link({ region: "<b>" }), "Region"],
  "a date that does not exist": [link({ asOf: "2027-02-29" }), "date"],
};

test("hostile links get one message, and the text stays", () =>
  visit(async (visitor) => {
    const { page, server } = visitor;
    const playground = await new Playground(visitor).started();
    const before = await playground.text();
    for (const [what, [fragment, message]] of Object.entries(HOSTILE)) {
      await page.evaluate((value) => (window.location.hash = value), fragment);
      await playground.notice.filter({ hasText: "The link cannot be opened" }).filter({ hasText: message }).waitFor().catch((error) => {
        throw new Error(`${what}: ${error.message}`);
      });
      assert.equal(page.url(), server.address("playground/"), what);
      assert.equal(await playground.text(), before, what);
      await playground.notice.getByRole("button", { name: "Close the message" }).click();
    }
    await playground.finding("ACM205").waitFor();
  }));
