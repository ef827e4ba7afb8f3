/** The client of a server. */

"use strict";

const { spawn } = require("node:child_process");
const {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
} = require("vscode-languageclient/node");
const { SELECTOR } = require("./documents");

/** How long a server that ended may take to hand over its last words, in milliseconds. */
const PATIENCE = 1000;

/** Start a command, and return the process and a function for the last line of its errors. */
function run(command, folder) {
  const server = spawn(command, ["lsp"], { cwd: folder });
  let errors = "";
  server.stderr.setEncoding("utf-8");
  server.stderr.on("data", (text) => (errors = (errors + text).slice(-10000)));
  const ended = new Promise((resolve) => {
    server.on("error", (error) => resolve((errors += error.message)));
    server.on("close", resolve);
  });
  const lastWords = async () => {
    let timer;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE)));
    await Promise.race([ended, patience]);
    clearTimeout(timer);
    return errors.trim().split("\n").at(-1);
  };
  return { server, lastWords };
}

/** A client that shows no message of its own before it has started, because its caller does. */
class Client extends LanguageClient {
  isStarted = false;

  error(message, data, showNotification) {
    super.error(message, data, this.isStarted ? showNotification : false);
  }
}

/**
 * Start a server and return its client.
 *
 * It throws an error with the last line that the server wrote if the server ends at once. A server
 * that ends later is started again, as the client does by default.
 */
async function startClient({ command, folder, output, configuration }) {
  let lastWords;
  const starts = async () => {
    const running = run(command, folder);
    ({ lastWords } = running);
    return running.server;
  };
  const client = new Client("acmrules", "acmrules", starts, {
    documentSelector: SELECTOR,
    initializationOptions: configuration,
    // The server answers with the last text; without these, the client asks only once.
    diagnosticPullOptions: { onChange: true, onSave: true },
    initializationFailedHandler: () => false,
    synchronize: { configurationSection: "acmrules" },
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: {
      error: (...what) =>
        client.isStarted ? usual.error(...what) : { action: ErrorAction.Continue, handled: true },
      closed: () =>
        client.isStarted ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true },
    },
  });
  const usual = client.createDefaultErrorHandler();
  try {
    await client.start();
  } catch (error) {
    output.error(error);
    throw new Error((await lastWords?.()) || error.message, { cause: error });
  }
  client.isStarted = true;
  return client;
}

module.exports = { startClient };
