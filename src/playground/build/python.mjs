// What Python needs in the page: its library, the packages, and a snapshot of its memory.

import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { compileForNode } from "./bundle.mjs";
import { HERE, PYODIDE } from "./paths.mjs";

/** Return the library and the packages as zip files, and the snapshot. */
export async function pythonFiles(work, archives) {
  const folder = join(work, "python");
  await mkdir(folder);
  for (const archive of archives) await cp(archive, join(folder, basename(archive)));
  await cp(join(PYODIDE, "python_stdlib.zip"), join(folder, "stdlib.zip"));
  await compileForNode(join(HERE, "engine", "python.ts"), join(folder, "python.mjs"));
  // A process of its own: nothing of this one gets into the memory of Python.
  const script = fileURLToPath(new URL("snapshot.mjs", import.meta.url));
  execFileSync(process.execPath, [script, folder], {
    env: { TZ: "UTC" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const read = (name) => readFile(join(folder, name));
  return {
    library: await read("library.zip"),
    packages: await read("packages.zip"),
    snapshot: await read("snapshot"),
  };
}
