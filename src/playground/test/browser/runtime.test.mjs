// The interpreter in a browser: its policy, its requests, its end, and its use offline.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { folder, launch, serve } from "./site.mjs";

const NAMES = { name: "names.txt", text: "brightharbor.io\nx.local\n" };
let browser;
let site;
let page;
let problems;

before(async () => {
  browser = await launch();
  site = await serve(await folder());
});

after(async () => {
  await browser.close();
  site.close();
});

beforeEach(async () => {
  site.missing = [];
  site.stalled = [];
  site.requests = [];
  problems = [];
  page = await (await browser.newContext()).newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
});

/** Open the page; with a query, it has no service worker. */
async function open(query = "?") {
  await page.goto(site.url + query);
  await page.waitForFunction(() => globalThis.playground);
}

function ask(question) {
  const whole = { topic: "check", files: [NAMES], hosts: "", region: "", asOf: "2026-11-30", ...question };
  return page.evaluate((asked) => globalThis.playground.interpreter.ask(asked), whole);
}

function states() {
  return page.evaluate(() => globalThis.playground.states.map(([state]) => state));
}

function rules(answer) {
  return answer.findings.map(({ rule }) => rule);
}

test("the policy of the page applies in the worker, and Python starts", async () => {
  await open("?none");
  assert.deepEqual(rules(await ask({})), ["ACM105"]);
  assert.deepEqual(problems, []);
  // A worker that the policy does not apply to could run this, and send the input elsewhere.
  const [worker] = page.workers();
  assert.equal(await worker.evaluate(() => fetch("https://lighthouse.io").then(() => "", String)), "TypeError: Failed to fetch");
  const outcome = await worker.evaluate(async () => {
    const violations = [];
    addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
    await fetch("https://lighthouse.io").catch(() => 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return violations;
  });
  assert.deepEqual(outcome, ["connect-src"]);
});

test("all requests are for files of the build, and none has the input", async () => {
  const urls = [];
  page.on("request", (request) => urls.push(request.url()));
  await open("?none");
  await ask({});
  const { origin } = new URL(site.url);
  const foreign = urls.filter((url) => !url.startsWith(site.url) && !url.startsWith(`blob:${origin}/`));
  assert.deepEqual(foreign, []);
  assert.deepEqual(site.requests.filter((path) => /local|brightharbor/.test(path)), []);
});

test("without a snapshot, the interpreter starts too", async () => {
  site.missing = ["snapshot."];
  await open("?none");
  assert.deepEqual(rules(await ask({})), ["ACM105"]);
});

test("a damaged snapshot is not used", async () => {
  await page.route("**/snapshot.*", (route) => route.fulfill({ body: Buffer.from("damaged") }));
  await open("?none");
  assert.deepEqual(rules(await ask({})), ["ACM105"]);
});

test("if nothing can be downloaded, the state is failed, and a later question tries again", async () => {
  site.missing = ["python."];
  await open("?none");
  const answer = await ask({});
  assert.equal(answer.topic, "error");
  assert.match(answer.message, /does not start: .*python\..*404/);
  assert.equal((await states()).at(-1), "failed");
  site.missing = [];
  assert.deepEqual(rules(await ask({})), ["ACM105"]);
});

test("if the download stops in the middle, the state is failed, and a later question tries again", async () => {
  site.stalled = ["python."];
  await open("?silence=1000");
  const answer = await ask({});
  assert.equal(answer.topic, "error");
  assert.match(answer.message, /does not start: the download has stopped/);
  assert.equal((await states()).at(-1), "failed");
  site.stalled = [];
  assert.deepEqual(rules(await ask({})), ["ACM105"]);
});

test("only the newest question of a topic is answered", async () => {
  await open("?none");
  await ask({});
  const answers = await page.evaluate(async (file) => {
    const rest = { topic: "check", hosts: "", region: "", asOf: "2026-11-30" };
    const asked = ["a.local", "b.local", "c.local"].map((text) =>
      globalThis.playground.interpreter.ask({ ...rest, files: [{ ...file, text }] }),
    );
    return Promise.all(asked);
  }, NAMES);
  assert.deepEqual(answers.slice(0, 2), [null, null]);
  assert.match(answers[2].findings[0].message, /c\.local/);
});

for (const [name, text] of [
  ["deep.json", "[".repeat(200_000)],
  ["deep.template.json", `${'{"Resources":'.repeat(20_000)}0${"}".repeat(20_000)}`],
  ["deep.yaml", `a: ${"[".repeat(20_000)}`],
  ["deep.tf", `locals { a = ${"[".repeat(20_000)} }`],
]) {
  test(`${name} gets an answer, and so does the next question`, async () => {
    await open("?none");
    const answer = await ask({ files: [{ name, text }] });
    assert.ok(["check", "error"].includes(answer.topic));
    assert.doesNotMatch(JSON.stringify(answer), /Traceback/);
    assert.deepEqual(rules(await ask({})), ["ACM105"]);
  });
}

/** Let a worker hang when it answers. */
function hang() {
  globalThis.postMessage = () => {
    for (;;);
  };
}

/** Let a worker end when it answers, with an error that it does not report. */
function die() {
  globalThis.postMessage = () => {
    throw new Error("dead");
  };
}

for (const [name, harm] of [
  ["dies", die],
  ["hangs", hang],
]) {
  test(`an interpreter that ${name} is replaced, without a download`, async () => {
    await open("?none");
    await ask({});
    await page.workers()[0].evaluate(harm);
    await page.evaluate(() => (globalThis.playground.limits.answer = 500));
    site.requests = [];
    const answer = await ask({});
    assert.equal(answer.topic, "error");
    assert.match(answer.message, /`acmrules check`/);
    await page.evaluate(() => (globalThis.playground.limits.answer = 20_000));
    assert.deepEqual(rules(await ask({})), ["ACM105"]);
    assert.deepEqual(site.requests.filter((path) => path.endsWith(".bin")), []);
    assert.ok((await states()).includes("restarting"));
  });
}

test("a question that hangs ends soon if a newer one replaces it", async () => {
  await open("?none");
  await ask({});
  await page.evaluate(() => (globalThis.playground.limits.replaced = 300));
  await page.workers()[0].evaluate(hang);
  const answers = await page.evaluate(
    ([older, newer]) => {
      const { interpreter } = globalThis.playground;
      const first = interpreter.ask(older);
      return new Promise((resolve) => setTimeout(resolve, 50)).then(() => Promise.all([first, interpreter.ask(newer)]));
    },
    ["a.local", "b.local"].map((text) => ({
      topic: "check",
      files: [{ ...NAMES, text }],
      hosts: "",
      region: "",
      asOf: "2026-11-30",
    })),
  );
  assert.equal(answers[0], null);
  assert.match(answers[1].findings[0].message, /b\.local/);
});

test("the page works offline after the first visit", async () => {
  await open("");
  await ask({});
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  site.missing = [""];
  await page.reload();
  await page.waitForFunction(() => globalThis.playground);
  assert.deepEqual(rules(await ask({})), ["ACM105"]);
  assert.deepEqual(await page.evaluate(() => globalThis.playground.updates()), 0);
});

test("a new build is used at the next visit, and at most two are kept", async () => {
  const own = await serve(await folder());
  const versionOf = () => JSON.parse(readFileSync(join(own.root, "build.json"), "utf8")).version;
  const replace = (name, before, after) => {
    const path = join(own.root, name);
    const text = readFileSync(path, "utf8");
    assert.ok(text.includes(before));
    writeFileSync(path, text.replaceAll(before, after));
  };
  const kept = () => page.evaluate(() => caches.keys());
  const settled = () =>
    page.waitForFunction(async () => {
      const { active, installing, waiting } = await navigator.serviceWorker.ready;
      return active.state === "activated" && !installing && !waiting;
    });
  try {
    await page.goto(own.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    let title = "Test";
    for (const build of ["0".repeat(12), "1".repeat(12)]) {
      const old = versionOf();
      for (const name of ["sw.js", "build.json"]) replace(name, old, build);
      replace("index.html", `<title>${title}`, `<title>${build}`);
      title = build;
      own.requests = [];
      await page.reload();
      await page.waitForFunction(() => globalThis.playground?.updates());
      await settled();
      // What has not changed is not downloaded again.
      assert.deepEqual(own.requests.filter((path) => path.endsWith(".bin")), []);
      await page.reload();
      assert.equal(await page.title(), build);
      assert.equal((await kept()).length, 2);
      assert.ok((await kept()).at(-1).endsWith(build));
    }
    // A new text of the page alone is used too.
    replace("index.html", `<title>${title}`, "<title>Text");
    await page.reload();
    await page.waitForFunction(() => caches.match("./").then((found) => found.text()).then((text) => text.includes("<title>Text")));
    await page.reload();
    assert.equal(await page.title(), "Text");
  } finally {
    own.close();
  }
});
