// Links contain the texts, and a hostile link has one clear message.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { load } from "./load.mjs";

const { decode, encode, isLink, LONGEST_FRAGMENT, MOST_JSON } = await load("share");

const shared = {
  mode: "terraform",
  files: [
    { name: "main.tf", text: 'resource "aws_acm_certificate" "a" {}\n' },
    { name: "modules/dns/main.tf", text: "# bücher 🏖 \u0000 <script>\n" },
  ],
  hosts: "www.brightharbor.io\n",
  region: "eu-west-1",
  asOf: "2027-03-15",
};
const plain = (value) => `#1.${Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")}`;
const packed = (value) => `#2.${deflateRawSync(Buffer.from(JSON.stringify(value))).toString("base64url")}`;
const refused = (fragment, reason) => assert.rejects(decode(fragment), (error) => reason.test(error.message) && !(error instanceof TypeError));

test("a link contains what was shared", async () => {
  assert.deepEqual(await decode(await encode(shared)), shared);
});

test("both forms of links have the same content", async () => {
  assert.deepEqual(await decode(plain(shared)), shared);
  assert.deepEqual(await decode(packed(shared)), shared);
});

test("a long text is compressed, and a text that does not shrink is not", async () => {
  const long = { ...shared, hosts: "www.brightharbor.io\n".repeat(1000) };
  const fragment = await encode(long);
  assert.match(fragment, /^#2\./);
  assert.ok(fragment.length < 1000);
  assert.match(await encode({ mode: "api", files: [], hosts: "", region: "", asOf: "" }), /^#[12]\./);
});

test("a link needs only a mode", async () => {
  assert.deepEqual(await decode(plain({ mode: "names" })), { mode: "names", files: [], hosts: "", region: "", asOf: "" });
});

test("headings of the page are not links", () => {
  assert.deepEqual(["#about", "#what-it-reads", "", "#1", "#x.y"].map(isLink), [false, false, false, false, false]);
  assert.deepEqual(["#1.e30", "#2.", "#37.abc"].map(isLink), [true, true, true]);
});

test("a damaged link is refused", async () => {
  const whole = packed(shared);
  for (const fragment of ["#1.", "#2.", "#1.!!", "#1.a", "#2.AAAA", whole.slice(0, -9), plain('{"mode"'), `#1.${Buffer.from([0xff, 0xfe]).toString("base64url")}`])
    await refused(fragment, /^it is damaged or incomplete$/);
});

test("a link of another version is refused", async () => {
  await refused("#3.e30", /newer version/);
});

test("a link with other content is refused", async () => {
  const file = { name: "a.tf", text: "" };
  for (const [change, reason] of [
    [{ mode: "csr" }, /format/],
    [{ mode: "__proto__" }, /format/],
    [{ mode: 1 }, /format/],
    [{ files: {} }, /not a list/],
    [{ files: ["a.tf"] }, /not an object/],
    [{ files: [{ name: "a.tf" }] }, /not a string/],
    [{ files: [file, file] }, /same name/],
    [{ files: Array.from({ length: 51 }, (_, index) => ({ name: `${index}.tf`, text: "" })) }, /more than 50/],
    [{ files: [{ name: "../a.tf", text: "" }] }, /relative path/],
    [{ files: [{ name: "/etc/a.tf", text: "" }] }, /relative path/],
    [{ files: [{ name: "a\u202egpj.tf", text: "" }] }, /cannot be printed/],
    [{ files: [{ name: "a\n.tf", text: "" }] }, /cannot be printed/],
    [{ files: [{ name: "a".repeat(300), text: "" }] }, /at most 200/],
    [{ hosts: [] }, /not a string/],
    [{ region: "<b>" }, /Region/],
    [{ asOf: "2027-02-29" }, /date/],
    [{ asOf: "tomorrow" }, /date/],
  ])
    await refused(plain({ ...shared, ...change }), reason);
  for (const content of ["[]", "null", '"a"', "1", "[".repeat(200_000)]) await refused(plain(content), /not an object|damaged/);
});

test("a date outside of the slider becomes its nearest end", async () => {
  assert.equal((await decode(plain({ mode: "api", asOf: "1999-01-01" }))).asOf, "2016-01-21");
  assert.equal((await decode(plain({ mode: "api", asOf: "2099-01-01" }))).asOf, "2029-12-31");
});

test("line breaks become those of the editor, so that places fit", async () => {
  const { files } = await decode(plain({ mode: "api", files: [{ name: "a.json", text: "a\r\nb\rc\n" }] }));
  assert.equal(files[0].text, "a\nb\nc\n");
});

test("members that the page does not know are left out", async () => {
  assert.deepEqual(await decode(plain({ ...shared, extra: 1, constructor: 2 })), shared);
});

test("a link that grows beyond the limit is refused before it is unpacked", async () => {
  const bomb = deflateRawSync(Buffer.alloc(200 * 1024 * 1024)).toString("base64url");
  assert.ok(bomb.length < LONGEST_FRAGMENT);
  await refused(`#2.${bomb}`, /larger than this page reads/);
});

test("a text of more than 1 MiB is refused", async () => {
  const text = "a".repeat(1024 * 1024 + 1);
  assert.ok(text.length < MOST_JSON);
  await refused(packed({ mode: "api", files: [{ name: "a.json", text }] }), /longer than 1 MiB/);
  await refused(`#1.${"a".repeat(LONGEST_FRAGMENT + 1)}`, /longer than 1 MiB/);
});

test("texts that do not fit into a link are not shared", async () => {
  let text = "";
  for (let seed = 1; text.length < 1024 * 1024; seed = (seed * 48271) % 2147483647) text += seed.toString(36);
  await assert.rejects(encode({ ...shared, files: [{ name: "a.json", text: text.repeat(2) }] }), /too long for a link/);
});
