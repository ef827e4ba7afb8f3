/** The VS Code extension: it starts `acmrules lsp` for the first file about a certificate. */

"use strict";

const vscode = require("vscode");
const { INSTALL, findCommand, notFound } = require("./lib/command");
const { SELECTOR, mentionsCertificate } = require("./lib/documents");

const COPY = "Copy the Command";
const SETTINGS = "Open Settings";
const OUTPUT = "Show the Output";

let output;
let client;
/** Whether a document needs the server. */
let isNeeded = false;
/** Whether there was no command. Later documents look again, and report nothing. */
let isMissing = false;
/** The last start or stop: one waits for the other. */
let last = Promise.resolve();

function folders() {
  const files = (vscode.workspace.workspaceFolders ?? []).filter(
    (folder) => folder.uri.scheme === "file",
  );
  return files.map((folder) => folder.uri.fsPath);
}

/** Return the interpreter that the user selected in the Python extension, if it is active. */
function interpreter() {
  const python = vscode.extensions.getExtension("ms-python.python");
  if (!python?.isActive) return undefined;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return python.exports?.environments?.getActiveEnvironmentPath(folder?.uri)?.path;
}

/** Show that there is no command, and how to install it. */
async function reportMissing(given) {
  const text = notFound(given, vscode.workspace.isTrusted);
  output.warn(text);
  const choice = await vscode.window.showWarningMessage(text, ...(given ? [] : [COPY]), SETTINGS);
  if (choice === COPY) await vscode.env.clipboard.writeText(INSTALL);
  if (choice === SETTINGS) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "acmrules.path");
  }
}

/** Show why the server did not start. */
async function reportFailure(command, error) {
  output.error(error.message);
  const text = `\`${command} lsp\` did not start: ${error.message}`;
  const choice = await vscode.window.showErrorMessage(text, OUTPUT, COPY);
  if (choice === OUTPUT) output.show(true);
  if (choice === COPY) await vscode.env.clipboard.writeText(INSTALL);
}

async function start() {
  if (client) return;
  const configuration = vscode.workspace.getConfiguration("acmrules");
  const given = configuration.get("path", "");
  const command = findCommand({
    given,
    interpreter: interpreter(),
    folders: folders(),
    isTrusted: vscode.workspace.isTrusted,
  });
  const isKnown = isMissing;
  isMissing = !command;
  if (!command) {
    if (!isKnown) void reportMissing(given);
    return;
  }
  output.info(`${command} lsp`);
  // The client costs more than everything else here, so it loads when it is needed.
  const { startClient } = require("./lib/client");
  try {
    client = await startClient({ command, folder: folders()[0], output, configuration });
  } catch (error) {
    void reportFailure(command, error);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.dispose().catch(() => {}); // it may have ended already
}

function queue(...steps) {
  for (const step of steps) last = last.then(step);
  return last;
}

/** Start the server if a document is about a certificate. */
function consider(document) {
  if ((isNeeded && !isMissing) || !vscode.languages.match(SELECTOR, document)) return;
  if (!mentionsCertificate(document.getText())) return;
  isNeeded = true;
  void queue(start);
}

function restart() {
  isNeeded = true;
  isMissing = false;
  return queue(stop, start);
}

function activate(context) {
  output = vscode.window.createOutputChannel("acmrules", { log: true });
  const { workspace, commands } = vscode;
  context.subscriptions.push(
    output,
    commands.registerCommand("acmrules.restart", restart),
    commands.registerCommand("acmrules.showOutput", () => output.show()),
    workspace.onDidOpenTextDocument(consider),
    workspace.onDidSaveTextDocument(consider),
    workspace.onDidGrantWorkspaceTrust(() => isNeeded && restart()),
    workspace.onDidChangeConfiguration(
      (event) => isNeeded && event.affectsConfiguration("acmrules.path") && restart(),
    ),
  );
  workspace.textDocuments.forEach(consider);
}

function deactivate() {
  return queue(stop);
}

module.exports = { activate, deactivate };
