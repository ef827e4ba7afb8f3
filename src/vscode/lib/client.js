/** The client of a server. */

"use strict";

const { LanguageClient, RevealOutputChannelOn, State } = require("vscode-languageclient/node");
const { SELECTOR } = require("./documents");

/** Return a client that will run a command in a folder, and write what it says to a channel. */
function makeClient({ command, folder, output, configuration }) {
  return new LanguageClient(
    "acmrules",
    "acmrules",
    { command, args: ["lsp"], options: folder ? { cwd: folder } : {} },
    {
      documentSelector: SELECTOR,
      initializationOptions: configuration,
      synchronize: { configurationSection: "acmrules" },
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    },
  );
}

module.exports = { State, makeClient };
