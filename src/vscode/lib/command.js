/** Where the command `acmrules` is. */

"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const INSTALL = 'pip install "acmrules[lsp]"';

const ENVIRONMENTS = [".venv", "venv", "env"];

/** Return whether a path is that of a file that this account can run. */
function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Return the path of the command in a folder of programs. */
function programIn(folder, platform) {
  return path.join(folder, platform === "win32" ? "acmrules.exe" : "acmrules");
}

/** Return the folder of programs of a Python environment. */
function programsOf(environment, platform) {
  return path.join(environment, platform === "win32" ? "Scripts" : "bin");
}

/** Return a path of the settings as an absolute one, or as a name to look up on PATH. */
function expanded(given, folders, env) {
  const root = folders[0] ?? "";
  const file = given
    .replace(/\$\{workspaceFolder\}/g, root)
    .replace(/\$\{userHome\}/g, os.homedir())
    .replace(/\$\{env:([^}]+)\}/g, (_, name) => env[name] ?? "")
    .replace(/^~(?=[\\/]|$)/, os.homedir());
  return /[\\/]/.test(file) ? path.resolve(root, file) : file;
}

/** Return the folders of PATH. */
function searched(env, platform) {
  return (env.PATH ?? env.Path ?? "").split(platform === "win32" ? ";" : ":").filter(Boolean);
}

/**
 * Return the path of the command, or undefined if there is none.
 *
 * `given` is the path in the settings, `interpreter` that of the Python extension: a program, or
 * the folder of an environment. `folders` are those of the workspace. Their environments count only
 * if the workspace `isTrusted`, because its author may not be the user.
 */
function findCommand({
  given = "",
  interpreter,
  folders = [],
  isTrusted = true,
  env = process.env,
  platform = process.platform,
  exists = isProgram,
}) {
  if (given) {
    const file = expanded(given, folders, env);
    if (path.isAbsolute(file)) return exists(file) ? file : undefined;
    return searched(env, platform)
      .map((folder) => path.join(folder, file))
      .find(exists);
  }
  const ofWorkspace = isTrusted
    ? [
        ...(interpreter ? [path.dirname(interpreter), programsOf(interpreter, platform)] : []),
        ...folders.flatMap((folder) =>
          ENVIRONMENTS.map((name) => programsOf(path.join(folder, name), platform)),
        ),
      ]
    : [];
  const ofUser = [
    ...(env.VIRTUAL_ENV ? [programsOf(env.VIRTUAL_ENV, platform)] : []),
    ...searched(env, platform),
  ];
  return [...ofWorkspace, ...ofUser].map((folder) => programIn(folder, platform)).find(exists);
}

/** Return what a user reads who has no command. */
function notFound(given, isTrusted) {
  if (given) return `acmrules.path is \`${given}\`, which is not a program.`;
  const where = isTrusted
    ? "in the Python environment of this workspace, or on PATH"
    : "on PATH (the environments of an untrusted workspace are not used)";
  return `The command acmrules is not installed ${where}. Install it with: ${INSTALL}`;
}

module.exports = { INSTALL, findCommand, notFound };
