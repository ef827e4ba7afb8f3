// A program: makes the files of python.mjs in a folder, which has the wheels.

import crypto from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

import { PYODIDE } from "./paths.mjs";
import { questions } from "./warm.mjs";

const folder = process.argv[2];

/** What the library has for terminals, networks, processes, databases, debugging and tests. */
const UNUSED = `^(${[
  "_pydecimal|_pyio|_pyrepl|_sysconfigdata__emscripten_wasm32-emscripten",
  "bdb|cProfile|cmd|code|curses|dbm|doctest|ensurepip|ftplib|http/(cookiejar|cookies|server)",
  "imaplib|mailbox|multiprocessing|optparse|pdb|pickletools|poplib|profile|profiling|pstats",
  "pydoc|pydoc_data|smtplib|socketserver|sqlite3|statistics|trace|tracemalloc",
  "turtle|unittest|venv|webbrowser|wsgiref|xml|xmlrpc|zipapp",
].join("|")})(/|\\.py$)`;

// Equal sources result in equal bytes: neither the time nor chance is in the memory.
let moment = 0;
performance.now = () => moment++;
Date.now = () => 1_700_000_000_000 + moment++;
crypto.randomFillSync = (array) => array.fill(0);
syncBuiltinESMExports();

const { loadPyodide } = await import("pyodide");
const { answering, options } = await import(join(folder, "python.mjs"));
const script = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

pack(await loadPyodide(options(`${PYODIDE}/`, new Uint8Array())));
const python = await loadPyodide({
  ...options(`${PYODIDE}/`, readFileSync(join(folder, "packages.compiled.zip"))),
  stdLibURL: join(folder, "library.compiled.zip"),
  _makeSnapshot: true,
});
warm(answering(python));
python.runPython(script("forget.py"), { globals: python.toPy({}) });
writeFileSync(join(folder, "snapshot"), python.makeMemorySnapshot());

/** Pack the library and the packages, both as sources and as bytecode. */
function pack(packer) {
  packer.FS.mkdirTree("/work");
  packer.mountNodeFS("/work", folder);
  packer.runPython(script("pack.py"));
  const wheels = readdirSync(folder).filter((name) => name.endsWith(".whl"));
  const call = (name, ...values) => packer.globals.get(name)(...values.map((each) => packer.toPy(each)));
  call("pack", ["/work/stdlib.zip"], "/work/library.zip", UNUSED);
  // Compiled modules are of another platform, and PyYAML works without its own. The list of public
  // suffixes is read without the code around it.
  const dropped = String.raw`\.(so|pyd)$|^_yaml/|/(RECORD|WHEEL)$|^publicsuffixlist/(?!__init__\.py$|.*\.dat$)`;
  call("pack", wheels.map((name) => `/work/${name}`), "/work/packages.zip", dropped);
  // The library works without its docstrings; those of rules are shown.
  call("compile_package", "/work/library.zip", "/work/library.compiled.zip", "/lib/python314.zip", 2);
  call("compile_package", "/work/packages.zip", "/work/packages.compiled.zip", "/lib/packages.zip", 0);
}

/** Ask what visitors ask, so that all that they need is imported. */
function warm(answer) {
  for (const question of questions()) {
    const { topic, message } = JSON.parse(answer(JSON.stringify(question)));
    if (topic === "error") throw new Error(`${question.topic} of ${question.files[0]?.name}: ${message}`);
  }
}
