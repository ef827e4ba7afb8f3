// What build.mjs writes into the bundle: the names of the files of this build.

import type { Lockfile } from "pyodide";

/** The name of each file below the folder of the playground; a name contains a hash of its content. */
export interface Names {
  /** This worker. */
  worker: string;
  /** Pyodide's loader of its WebAssembly. */
  loader: string;
  /** Python, as WebAssembly. */
  wasm: string;
  /** The standard library of Python. */
  library: string;
  /** acmrules and what it needs. */
  packages: string;
  /** The memory of a Python that has imported them. */
  snapshot: string;
}

declare const NAMES: Names;
declare const LOCK: Pick<Lockfile, "info">;
declare const BYTES: Record<string, number>;

export const names: Names = NAMES;

/** What Pyodide says about itself, without the packages that it offers. */
export const lock: Pick<Lockfile, "info"> = LOCK;

/** The sizes of the files, to report progress. */
export const bytes: Record<string, number> = BYTES;
