// A program: measures the interpreter in a browser. `npm run measure -- [ROUNDS] [BUSY]` starts it.
//
// BUSY is a number of processes that occupy processors meanwhile.

import { spawn } from "node:child_process";
import { loadavg } from "node:os";

import { folder, launch, serve } from "./site.mjs";

const [rounds = 5, busy = 0] = process.argv.slice(2).map(Number);
const NAMES = ["brightharbor.io", "*.brightharbor.io", "www.brightharbor.co.uk", "lighthouse.io"].concat(
  ["a", "b", "c", "d", "e", "f"].map((host) => `${host}.lighthouse.io`),
);

/** Return a question about ten names, one of which is new in each round. */
function question(round) {
  const text = [...NAMES.slice(1), `${"n".repeat(round + 1)}.brightharbor.io`].join("\n");
  const files = [{ name: "names.txt", text }];
  return { topic: "check", files, hosts: "", region: "us-east-1", asOf: "2026-11-30" };
}

/** Return the milliseconds of a cold start, of questions, and of a replacement. */
async function measured(site, withSnapshot) {
  const browser = await launch();
  const page = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
  if (!withSnapshot) {
    await page.addInitScript(() => {
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (message, ...rest) {
        postMessage.call(this, message.kind === "start" ? { ...message, withSnapshot: false } : message, ...rest);
      };
    });
  }
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.playground);
  const asked = Array.from({ length: 11 }, (_, round) => question(round));
  const found = await page.evaluate(async ([first, ...questions]) => {
    const { interpreter } = globalThis.playground;
    await interpreter.ask(first);
    const start = performance.now();
    const answers = [];
    for (const each of questions) {
      const begin = performance.now();
      await interpreter.ask(each);
      answers.push(performance.now() - begin);
    }
    return { start, answers };
  }, asked);
  await page.workers()[0].evaluate(() => {
    globalThis.postMessage = () => {
      throw new Error("dead");
    };
  });
  const replacement = await page.evaluate(async (again) => {
    const { interpreter } = globalThis.playground;
    await interpreter.ask(again);
    const begin = performance.now();
    await interpreter.ask(again);
    return performance.now() - begin;
  }, question(0));
  await browser.close();
  return { ...found, replacement };
}

function shown(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const [median, least, most] = [sorted.length >> 1, 0, sorted.length - 1].map((at) => sorted[at].toFixed(0));
  return `${median} (${least}–${most})`;
}

const others = Array.from({ length: busy }, () => spawn(process.execPath, ["-e", "for (;;);"]));
process.on("exit", () => others.forEach((each) => each.kill()));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const site = await serve(await folder());
for (const withSnapshot of [true, false]) {
  const all = [];
  for (let round = 0; round < rounds; round++) all.push(await measured(site, withSnapshot));
  console.log(`${withSnapshot ? "with" : "without"} a snapshot, load ${loadavg()[0].toFixed(1)}: median (least–most) in ms`);
  console.log(`  first findings  ${shown(all.map(({ start }) => start))}`);
  console.log(`  ten names       ${shown(all.flatMap(({ answers }) => answers))}`);
  console.log(`  replacement     ${shown(all.map(({ replacement }) => replacement))}`);
}
site.close();
process.exit();
