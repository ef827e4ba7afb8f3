// Modules of the page as Node.js imports them.

import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

const HERE = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const work = await mkdtemp(join(tmpdir(), "playground-unit-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** Import a module of the folder `page` by its name. */
export async function load(name) {
  const outfile = join(work, `${name}.mjs`);
  await build({ absWorkingDir: HERE, entryPoints: [`page/${name}.ts`], bundle: true, format: "esm", target: "es2022", outfile, logLevel: "warning" });
  return import(pathToFileURL(outfile).href);
}
