// What build.mjs writes into the bundle: the names of the files of this build.

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
declare const LOCK: { info: Record<"abi_version" | "arch" | "platform" | "python", string> };
declare const BYTES: Record<string, number>;

export const names: Names = NAMES;

/** What Pyodide wants to know about packages: its own version, and that there are none. */
export const lock = { ...LOCK, packages: {} };

/** The sizes of the files, to report progress. */
export const bytes: Record<string, number> = BYTES;
