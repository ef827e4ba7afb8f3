// A host of the files of a build, with a page of tests and a strict policy.

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

import { chromium } from "playwright-core";

import { testPage } from "../../build/bundle.mjs";
import { OUTPUT } from "../../build/paths.mjs";

/** What the interpreter needs of a policy; the page of the site has more for its design. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json" };

/** Copy a build into a folder with the page of tests, and return the folder. */
export async function folder() {
  const made = mkdtempSync(join(tmpdir(), "playground-"));
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  cpSync(OUTPUT, made, { recursive: true });
  const build = JSON.parse(readFileSync(join(OUTPUT, "build.json"), "utf8"));
  writeFileSync(join(made, "page.js"), await testPage(build));
  writeFileSync(
    join(made, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title>
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="icon" href="data:,"><script type="module" src="page.js"></script></html>`,
  );
  return made;
}

/**
 * Serve a folder below /playground/; `missing` may get the beginnings of names that are not found, and
 * `stalled` of names whose second half never arrives.
 */
export async function serve(root) {
  const site = { missing: [], stalled: [], requests: [], root };
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url, "http://localhost");
    site.requests.push(pathname + search);
    const name = pathname.replace(/^\/playground\//, "").replace(/^$/, "index.html");
    const path = join(site.root, name);
    if (!pathname.startsWith("/playground/") || site.missing.some((each) => name.startsWith(each)) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" });
    const content = readFileSync(path);
    if (site.stalled.some((each) => name.startsWith(each))) response.write(content.subarray(0, content.length / 2));
    else response.end(content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  site.url = `http://127.0.0.1:${server.address().port}/playground/`;
  site.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return site;
}

/** Start the browser that CHROMIUM names. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
      ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ),
  });
}
