// A visitor: a fresh profile of Chromium that looks at the built site, and notes what must not happen.

import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { Proxy } from "./proxy.mjs";
import { BASE, Server } from "./server.mjs";

const ROOT = dirname(dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))));
/** The built site. */
export const SITE = process.env.SITE ?? join(ROOT, "docs", "site");

/** A word that tests type; no request may contain it. */
export const MARKER = "quokkatypedthis";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a state may take on a busy machine, in milliseconds. */
const PATIENCE = 30_000;

/** What texts of an address look like in base64, at each of the three offsets. */
function encodings(word) {
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.from("\0".repeat(shift) + word).toString("base64url");
    return text.slice(shift ? 4 : 0, -4);
  });
  return [word, ...shifted];
}

const TYPED = encodings(MARKER);

export class Visitors {
  #browser;
  #proxy = new Proxy();

  /** Start Chromium; `before` of a test file calls it. */
  async start() {
    await access(join(SITE, "playground", "page.js")).catch(() => {
      throw new Error(`${SITE} is not a built site: README.md says how to build it`);
    });
    await this.#proxy.start();
    this.#browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ARGUMENTS,
      proxy: { server: this.#proxy.address, bypass: "127.0.0.1" },
    });
  }

  async stop() {
    await this.#browser?.close();
    await this.#proxy.stop();
  }

  /** Let someone visit the site, and check afterwards that nothing went wrong unseen. */
  async visit(act, options = {}) {
    const server = await new Server(SITE).start();
    const wanted = this.#proxy.wanted.length;
    const visitor = new Visitor(server, await this.#browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, ...options }));
    try {
      await visitor.open();
      await act(visitor);
      visitor.check();
      assert.deepEqual(this.#proxy.wanted.slice(wanted), [], "requests left the host");
    } finally {
      await visitor.context.close();
      await server.stop();
    }
  }
}

export class Visitor {
  server;
  context;
  page;
  /** Messages of the console, errors of scripts, and violations of the policy. */
  faults = [];
  /** Faults that the test expects, as regular expressions. */
  expected = [];
  #requests = [];

  constructor(server, context) {
    this.server = server;
    this.context = context;
    context.setDefaultTimeout(PATIENCE);
    context.on("request", (request) => this.#requests.push(request));
    context.on("serviceworker", (worker) => worker.on("console", (message) => this.#note(message)));
    context.on("console", (message) => this.#note(message));
    context.on("weberror", (error) => this.faults.push(`error: ${error.error().stack}`));
  }

  async open() {
    // The console tells of a violation too, but not in each kind of worker.
    await this.context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const element = event.target instanceof Element ? event.target.outerHTML.slice(0, 200) : "";
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}:${event.columnNumber} ${element}`);
      });
    });
    this.page = await this.context.newPage();
  }

  #note(message) {
    if (["error", "warning", "assert"].includes(message.type())) this.faults.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  }

  /** What every visit promises. */
  check() {
    const faults = this.faults.filter((fault) => !this.expected.some((each) => each.test(fault)));
    assert.deepEqual(faults, [], "the console shows faults");
    for (const request of this.#requests) this.#checkSeen(request);
    for (const request of this.server.requests) checkArrived(request);
  }

  #checkSeen(request) {
    const url = new URL(request.url());
    if (url.protocol === "data:" || url.protocol === "blob:") return;
    assert.equal(url.origin, this.server.origin, `${url} leaves the host`);
    assert.equal(request.postDataBuffer(), null, `${url} has a body`);
  }
}

function checkArrived({ method, url, headers, body }) {
  assert.equal(method, "GET", url);
  assert.equal(body, 0, url);
  assert.ok(url.startsWith(BASE) || url === "/favicon.ico", url);
  // The search of the site marks its words in the page that it opens.
  const query = url.startsWith(`${BASE}playground/`) ? /\?/ : /\?(?!h=)/;
  assert.doesNotMatch(url, query, `${url} has a query`);
  const all = decodeURIComponent(`${url} ${Object.values(headers).flat().join(" ")}`).toLowerCase();
  for (const word of TYPED) assert.ok(!all.includes(word.toLowerCase()), `${url} carries what was typed`);
}

/** Return what lets someone visit the site, for the tests of one file. */
export function visitors() {
  const all = new Visitors();
  before(() => all.start());
  after(() => all.stop());
  return (act, options) => all.visit(act, options);
}
