// Python with the files of a build, in Node.js: the same WebAssembly, library, packages and snapshot.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { loadPyodide } from "pyodide";

import { compileForNode } from "../../build/bundle.mjs";
import { OUTPUT, ROOT } from "../../build/paths.mjs";

/** The Python that has acmrules, as a command. */
export const PYTHON =
  process.env.PYTHON ??
  [join(ROOT, ".venv", "bin", "python")].find((path) => existsSync(path)) ??
  "python3";

/** Return the content of the file of a build whose name starts so. */
export function built(start) {
  const name = readdirSync(OUTPUT).find((each) => each.startsWith(`${start}.`));
  if (!name) throw new Error(`no ${start} in ${OUTPUT}: run npm run build`);
  const content = readFileSync(join(OUTPUT, name));
  return name.endsWith(".bin") ? gunzipSync(content) : content;
}

/** Start Python from the files of a build, and return the function that answers questions. */
export async function started(withSnapshot) {
  const folder = mkdtempSync(join(tmpdir(), "playground-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "pyodide.asm.mjs"), built("pyodide"));
  writeFileSync(join(folder, "pyodide.asm.wasm"), built("python"));
  writeFileSync(join(folder, "python_stdlib.zip"), built("library"));
  await compileForNode(join(import.meta.dirname, "../../engine/python.ts"), join(folder, "python.mjs"));
  const { answering, options, start } = await import(join(folder, "python.mjs"));
  const { default: loader } = await import(join(folder, "pyodide.asm.mjs"));
  const snapshot = withSnapshot ? built("snapshot") : null;
  const python = await start(loadPyodide, loader, options(folder, built("packages")), snapshot);
  const answer = answering(python);
  return (question) => JSON.parse(answer(JSON.stringify(question)));
}
