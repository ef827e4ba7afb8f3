// Python in WebAssembly: how it is started, and how it is asked. The page, the build and the tests
// use the same, so the memory that the build writes fits what the page starts.

import type { loadPyodide, PyodideAPI, PyodideConfig } from "pyodide";

import { lock } from "./build";

/** Pyodide's loader of its WebAssembly. */
export type Loader = NonNullable<PyodideConfig["createPyodideModule"]>;

const HOME = "/home/acmrules";
const PACKAGES = "/lib/packages.zip";

/** Return how Pyodide starts with these packages, from a folder with its files. */
export function options(indexURL: string, packages: Uint8Array): PyodideConfig {
  return {
    indexURL,
    lockFileContents: { ...lock, packages: {} },
    // Nothing of the page or of the machine that builds it gets into Python. A fixed seed makes
    // builds equal.
    env: { HOME, PYTHONHASHSEED: "0", PYTHONPATH: PACKAGES, PYTHONDONTWRITEBYTECODE: "1" },
    fsInit: async (FS) => {
      FS.writeFile(PACKAGES, packages);
    },
    _sysExecutable: "/bin/python",
    stdin: () => null,
    stdout: () => undefined,
    stderr: () => undefined,
  };
}

/** Start Python, from a snapshot of its memory if there is one. */
export function start(
  load: typeof loadPyodide,
  loader: Loader,
  given: PyodideConfig,
  snapshot: Uint8Array | null,
): Promise<PyodideAPI> {
  if (!snapshot) return load({ ...given, createPyodideModule: loader });
  const createPyodideModule: Loader = async (settings) => {
    const module = await loader(settings);
    // Pyodide copies the snapshot into its memory, which may be smaller than the one of the build.
    (module as unknown as { growMemory(size: number): void }).growMemory(snapshot.length);
    return module;
  };
  return load({ ...given, createPyodideModule, _loadSnapshot: snapshot });
}

/** Return the function that answers a question, both as JSON. */
export function answering(python: PyodideAPI): (question: string) => string {
  return python.runPython(
    "import importlib; importlib.import_module('acmrules.guards.playground').answer",
  ) as (question: string) => string;
}
