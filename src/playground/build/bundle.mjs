// TypeScript as the page runs it.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";

import { hash, hashed } from "./files.mjs";
import { HERE, PYODIDE } from "./paths.mjs";

const { info } = JSON.parse(readFileSync(join(PYODIDE, "pyodide-lock.json"), "utf8"));

/** Add the bundles to the files, and return the paths of the modules that they contain. */
export async function bundle(files, names, bytes) {
  const used = new Set();
  const add = async (source, nameOf, values) => {
    const made = await esbuild(source, values);
    for (const input of Object.keys(made.metafile.inputs)) used.add(input);
    const [{ contents }] = made.outputFiles;
    files.set(nameOf(contents), contents);
  };
  const build = { BYTES: bytes };
  await add("engine/worker.ts", (content) => (names.worker = hashed("worker.js", content)), {
    ...build,
    NAMES: names,
  });
  await add("page/main.ts", () => "page.js", { ...build, NAMES: names });
  await add("page/style.css", () => "style.css", {});
  // What a visitor needs offline, in addition to the page, which the site adds.
  const kept = [...files].map(([name, content]) => [name, hash(content)]).sort();
  const version = hash(JSON.stringify(kept));
  files.set("build.json", `${JSON.stringify({ version, info, names, bytes })}\n`);
  await add("offline/sw.ts", () => "sw.js", { FILES: Object.fromEntries(kept), VERSION: version });
  return used;
}

/** Return a page for tests of the interpreter alone, for the files of a build. */
export async function testPage({ names, bytes }) {
  const made = await esbuild("test/browser/page.ts", { NAMES: names, BYTES: bytes });
  return made.outputFiles[0].contents;
}

/** Compile a module of the page for Node.js, without the files of a build. */
export async function compileForNode(source, target) {
  const made = await esbuild(source, { NAMES: {}, BYTES: {} });
  const { writeFile } = await import("node:fs/promises");
  await writeFile(target, made.outputFiles[0].contents);
}

function esbuild(source, values) {
  const all = { LOCK: { info }, ...values };
  return build({
    absWorkingDir: HERE,
    entryPoints: [source],
    bundle: true,
    minify: true,
    write: false,
    outdir: "out",
    format: "esm",
    target: "es2022",
    // A comment with a license stays with the code.
    legalComments: "eof",
    // Pyodide imports them in Node.js only.
    external: ["node:*", "ws"],
    define: Object.fromEntries(Object.entries(all).map(([key, value]) => [key, JSON.stringify(value)])),
    metafile: true,
    logLevel: "warning",
  });
}
