/**
 * Build `dist/acmrules-VERSION.vsix`, without the network: `node build.js [FOLDER]`.
 *
 * `npm ci` has installed everything before. Equal sources make equal bytes: the times in the file
 * are SOURCE_DATE_EPOCH, or the first day of zip files.
 */

"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createVSIX } = require("@vscode/vsce");
const { build } = require("esbuild");

const HERE = __dirname;
const PAGE = "https://github.com/acmrules/acmrules/blob/main/src/vscode";

/** Return the package of each bundled file, as the path of its folder. */
function packages(inputs) {
  const folders = inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(folders.filter(Boolean))].sort();
}

/** Return the licenses of the bundled packages. */
function notices(folders) {
  const texts = folders.map((folder) => {
    const { name, version } = JSON.parse(fs.readFileSync(path.join(HERE, folder, "package.json")));
    const file = fs.readdirSync(path.join(HERE, folder)).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no license file`);
    return `${name} ${version}\n\n${fs.readFileSync(path.join(HERE, folder, file), "utf-8").trim()}\n`;
  });
  return `extension.js contains these packages.\n\n${texts.join(`\n${"-".repeat(72)}\n\n`)}`;
}

async function main(target) {
  process.env.SOURCE_DATE_EPOCH ??= String(Date.UTC(1980, 0, 2) / 1000);
  const staged = path.join(HERE, "dist", "package");
  fs.rmSync(staged, { recursive: true, force: true });
  fs.mkdirSync(staged, { recursive: true });
  fs.mkdirSync(target, { recursive: true });

  const { metafile } = await build({
    absWorkingDir: HERE,
    entryPoints: ["extension.js"],
    outfile: path.join(staged, "extension.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    minify: true,
    metafile: true,
    logLevel: "warning",
  });
  const { devDependencies, scripts, ...manifest } = JSON.parse(
    fs.readFileSync(path.join(HERE, "package.json"), "utf-8"),
  );
  const files = {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "README.md": fs.readFileSync(path.join(HERE, "README.md")),
    LICENSE: fs.readFileSync(path.join(HERE, "..", "..", "LICENSE")),
    "NOTICES.txt": notices(packages(Object.keys(metafile.inputs))),
  };
  for (const [name, content] of Object.entries(files)) {
    fs.writeFileSync(path.join(staged, name), content);
  }

  const packagePath = path.join(target, `acmrules-${manifest.version}.vsix`);
  await createVSIX({ cwd: staged, packagePath, dependencies: false, baseContentUrl: PAGE });
}

main(path.resolve(process.argv[2] ?? path.join(HERE, "dist"))).catch((error) => {
  process.stderr.write(`build.js: ${error.message}\n`);
  process.exitCode = 1;
});
