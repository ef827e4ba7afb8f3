// A program: runs the tests of the repository in the Python of the page. `npm run suite` starts it.
//
// Arguments are those of pytest. Without any, all tests run that can.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadPyodide } from "pyodide";

import { ROOT } from "../../build/paths.mjs";
import { wheels } from "../../build/wheels.mjs";
import { ABSENT, FOLDERS, LEAST, PACKAGES, TESTS } from "./suite-parts.mjs";

const SITE = "/lib/python3.14/site-packages";
const work = mkdtempSync(join(tmpdir(), "suite-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** Download the wheels without compiled modules that tests import, in the versions of constraints. */
function downloaded() {
  const folder = join(work, "tests");
  const constraints = readFileSync(join(ROOT, "tests", "constraints.txt"), "utf8");
  // Newer versions of hypothesis are compiled.
  const lowest = readFileSync(join(ROOT, "tests", "constraints-lowest.txt"), "utf8");
  const pinned = PACKAGES.map((name) => {
    const source = name === "hypothesis" ? lowest : constraints;
    const version = new RegExp(`^${name}==(\\S+)`, "m").exec(source)?.[1];
    if (!version) throw new Error(`${name} is not in the constraints`);
    return `${name}==${version}`;
  });
  const python = process.env.PYTHON ?? "python3";
  const pip = ["-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"];
  const pure = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none"];
  const env = { ...process.env };
  delete env.PIP_CONSTRAINT;
  execFileSync(python, [...pip, ...pure, "--python-version=3.14", "-d", folder, ...pinned], {
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return readdirSync(folder).map((name) => join(folder, name));
}

const archives = [...wheels(work), ...downloaded()];
const python = await loadPyodide({
  env: { HOME: "/home/pyodide", PYTHONDONTWRITEBYTECODE: "1", HYPOTHESIS_PROFILE: "brief", TZ: "UTC" },
  lockFileContents: { info: infoOf(), packages: {} },
});
const write = (bytes) => writeSync(1, bytes);
python.setStdout({ write });
python.setStderr({ write });
for (const archive of archives) {
  python.unpackArchive(new Uint8Array(readFileSync(archive)), "zip", { extractDir: SITE });
}
python.mountNodeFS("/mnt", ROOT);
const words = process.argv.slice(2);
python.runPython(readFileSync(new URL("suite.py", import.meta.url), "utf8"));
const all = [...FOLDERS.keys()].map((path) => `--ignore=${path}`);
const not = [...TESTS.keys()].map((id) => `--deselect=${id}`);
const given = [...not, ...(words.length ? words : all)];
const run = python.globals.get("run");
const code = run(python.toPy(given), python.toPy(ABSENT), words.length ? 0 : LEAST);
process.exit(code);

function infoOf() {
  const lock = new URL("../../node_modules/pyodide/pyodide-lock.json", import.meta.url);
  return JSON.parse(readFileSync(lock, "utf8")).info;
}
