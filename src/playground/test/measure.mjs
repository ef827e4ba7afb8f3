// Measures what the playground aims at: npm run measure

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import { link, Playground } from "./browser/support/playground.mjs";
import { Visitors } from "./browser/support/visitor.mjs";

const STARTS = 9;
const KEYS = 30;
const DEATHS = 5;

const all = new Visitors();

/** Start Chromium with a fresh profile, which has compiled nothing before. */
async function fresh(act) {
  const visitors = new Visitors();
  await visitors.start();
  try {
    await visitors.visit(act);
  } finally {
    await visitors.stop();
  }
}

function part(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function tell(what, values) {
  const [median, high, worst] = [0.5, 0.95, 1].map((share) => Math.round(part(values, share)));
  console.log(`${what}: median ${median} ms, 95 % ${high} ms, worst ${worst} ms, of ${values.length}`);
}

/** Note in the page when findings first appear, since the navigation began. */
function noteFirst() {
  new MutationObserver((_, observer) => {
    if (!document.querySelector("#panel-check .finding")) return;
    observer.disconnect();
    globalThis.first = performance.now();
  }).observe(document, { childList: true, subtree: true });
}

async function starts(what) {
  const values = [];
  for (let count = 0; count < STARTS; count += 1)
    await fresh(async (visitor) => {
      await visitor.context.addInitScript(noteFirst);
      await new Playground(visitor).started();
      values.push(await visitor.page.evaluate(() => globalThis.first));
    });
  tell(what, values);
}

/** Let the same number of threads loop as there are processors. */
async function whileBusy(act) {
  const threads = Array.from({ length: availableParallelism() }, () => new Worker("for (;;);", { eval: true }));
  try {
    await act();
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** From a key to the findings of its text, at ten names. */
async function keys(visitor) {
  const names = Array.from({ length: 9 }, (_, at) => `www${at}.brightharbor.io`);
  const text = [...names, "shop_0.brightharbor.io"].join("\n");
  const playground = await new Playground(visitor).started(link({ mode: "names", files: [{ name: "names.txt", text }] }));
  await playground.tab("check");
  const { page } = visitor;
  await page.evaluate(() => {
    const note = { times: [], key: 0, wanted: "" };
    globalThis.note = note;
    addEventListener("keydown", () => (note.key = performance.now()), { capture: true });
    const panel = document.querySelector("#panel-check");
    new MutationObserver(() => {
      if (!note.wanted || !panel.textContent.includes(note.wanted)) return;
      note.wanted = "";
      note.times.push(performance.now() - note.key);
    }).observe(panel, { childList: true, subtree: true });
  });
  await playground.editor.click();
  await page.keyboard.press("ControlOrMeta+End");
  for (let at = 0; at < ".brightharbor.io".length; at += 1) await page.keyboard.press("ArrowLeft");
  for (let count = 0, name = "shop_0"; count < KEYS; count += 1) {
    name += count % 10;
    await page.evaluate((wanted) => (globalThis.note.wanted = wanted), `${name}.brightharbor.io`);
    await page.keyboard.press(String(count % 10));
    await page.waitForFunction((number) => globalThis.note.times.length === number, count + 1);
    await playground.state("ready");
  }
  return page.evaluate(() => globalThis.note.times);
}

/** From the end of an interpreter to the next one that is ready. */
async function deaths(visitor) {
  visitor.expected.push(/fatal error|Maximum call stack size exceeded/);
  const { page } = visitor;
  const playground = await new Playground(visitor).started();
  await playground.mode("api");
  await playground.answered();
  await page.evaluate(() => {
    const times = [];
    globalThis.times = times;
    let begin = 0;
    const status = document.querySelector("#status");
    new MutationObserver(() => {
      const { state } = status.dataset;
      if (state === "restarting" && !begin) begin = performance.now();
      if (state !== "ready" || !begin) return;
      times.push(performance.now() - begin);
      begin = 0;
    }).observe(status, { attributes: true });
  });
  for (let count = 1; count <= DEATHS; count += 1) {
    await playground.type("[".repeat(100_000 + count));
    await page.waitForFunction((number) => globalThis.times.length === number, count);
    await playground.type(`{"DomainName": "a_${count}.brightharbor.io"}`);
    await playground.finding(`a_${count}`).waitFor();
  }
  return page.evaluate(() => globalThis.times);
}

await starts("first findings after a cold start");
await whileBusy(() => starts("first findings after a cold start, all processors busy"));
await all.start();
try {
  await all.visit(async (visitor) => tell("findings after a key, 10 names", await keys(visitor)));
  await all.visit(async (visitor) => tell("replacement of an interpreter", await deaths(visitor)));
} finally {
  await all.stop();
}
