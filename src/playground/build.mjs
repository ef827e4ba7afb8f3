// Builds the playground: `npm ci && npm run build`. README.md says what it makes, and of what.

import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bundle } from "./build/bundle.mjs";
import { hashed, packed } from "./build/files.mjs";
import { notices } from "./build/notices.mjs";
import { OUTPUT, PYODIDE } from "./build/paths.mjs";
import { pythonFiles } from "./build/python.mjs";
import { check, table } from "./build/sizes.mjs";
import { wheels } from "./build/wheels.mjs";

const work = await mkdtemp(join(tmpdir(), "playground-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

const archives = wheels(work);
const python = await pythonFiles(work, archives);
const files = new Map();
const names = {};
const bytes = {};
for (const [key, name, content] of [
  ["loader", "pyodide.js", await readFile(join(PYODIDE, "pyodide.asm.mjs"))],
  ["wasm", "python.bin", packed(await readFile(join(PYODIDE, "pyodide.asm.wasm")))],
  ["library", "library.bin", packed(python.library)],
  ["packages", "packages.bin", packed(python.packages)],
  ["snapshot", "snapshot.bin", packed(python.snapshot)],
]) {
  names[key] = hashed(name, content);
  bytes[names[key]] = content.length;
  files.set(names[key], content);
}
const used = await bundle(files, names, bytes);
files.set("NOTICES.txt", await notices(archives, used));

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(OUTPUT, { recursive: true });
for (const [name, content] of files) await writeFile(join(OUTPUT, name), content);
const rows = table(files);
console.log(rows.text);
check(rows.total);
