// The licenses of what a build contains.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { HERE, ROOT } from "./paths.mjs";

const RULE = `\n${"=".repeat(79)}\n\n`;

/** Return the text of NOTICES.txt: for the packages of wheels, and for the modules of bundles. */
export async function notices(archives, used) {
  const sections = [
    `acmrules\n\n${readFileSync(join(ROOT, "LICENSE"), "utf8")}`,
    `Python (library.*.bin, python.*.bin, snapshot.*.bin)\nhttps://www.python.org\n\n${readFileSync(join(HERE, "licenses", "python.txt"), "utf8")}`,
  ];
  for (const archive of archives) {
    if (!basename(archive).startsWith("acmrules-")) sections.push(ofWheel(archive));
  }
  const packages = new Set([...used].flatMap((path) => packageOf(path) ?? []));
  for (const name of [...packages].sort()) sections.push(ofPackage(name));
  return `What the files of this folder contain, and the licenses of it.\n${RULE}${sections.join(RULE)}`;
}

function packageOf(path) {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

function ofPackage(name) {
  const folder = join(HERE, "node_modules", name);
  const { version, license, homepage, repository } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const source = homepage ?? repository?.url ?? repository ?? "";
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), "utf8") : `${license}: https://spdx.org/licenses/${license}.html`;
  return `${name} ${version}\n${source}\n${license}\n\n${text}`;
}

function ofWheel(archive) {
  const program = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in sorted(wheel.namelist()):
        if ".dist-info/licenses/" in name:
            print(wheel.read(name).decode())
`;
  const python = process.env.PYTHON ?? "python3";
  const text = execFileSync(python, ["-c", program, archive], { encoding: "utf8" });
  if (!text.trim()) throw new Error(`no license in ${basename(archive)}`);
  const [name, version] = basename(archive).split("-");
  return `${name} ${version} (packages.*.bin, snapshot.*.bin)\nhttps://pypi.org/project/${name}/${version}/\n\n${text}`;
}
