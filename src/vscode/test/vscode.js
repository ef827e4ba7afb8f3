/**
 * A stand-in for the module `vscode`, as much of it as the extension and the client use: documents,
 * settings, diagnostics and messages are plain values that a test sets and reads. What the client
 * only derives classes from, or registers, is an empty class or does nothing.
 */

"use strict";

const Module = require("node:module");
const path = require("node:path");
const { pathToFileURL, fileURLToPath } = require("node:url");
const { minimatch } = require("minimatch");

class Disposable {
  constructor(dispose = () => {}) {
    this.dispose = dispose;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }
}

class EventEmitter {
  constructor() {
    this.listeners = new Set();
    this.event = (listener, self, disposables) => {
      const bound = self ? listener.bind(self) : listener;
      this.listeners.add(bound);
      const made = new Disposable(() => this.listeners.delete(bound));
      disposables?.push(made);
      return made;
    };
  }
  fire(event) {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose() {
    this.listeners.clear();
  }
}

class CancellationTokenSource {
  constructor() {
    const cancelled = new EventEmitter();
    this.token = { isCancellationRequested: false, onCancellationRequested: cancelled.event };
    this.cancel = () => {
      this.token.isCancellationRequested = true;
      cancelled.fire();
    };
    this.dispose = () => cancelled.dispose();
  }
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.slice(0, text.indexOf(":"));
    this.fsPath = this.scheme === "file" ? fileURLToPath(text) : text;
    this.path = this.fsPath;
  }
  static file(name) {
    return new Uri(pathToFileURL(path.resolve(name)).href);
  }
  static parse(text) {
    return new Uri(text);
  }
  toString() {
    return this.text;
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(...ends) {
    const [start, end] =
      ends.length === 4
        ? [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])]
        : ends;
    Object.assign(this, { start, end });
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class TextEdit {
  constructor(range, newText) {
    Object.assign(this, { range, newText });
  }
}

class WorkspaceEdit {
  constructor() {
    this.edits = new Map();
  }
  set(uri, edits) {
    this.edits.set(uri.toString(), edits);
  }
}

class CodeAction {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  contains(other) {
    return `${other.value}.`.startsWith(this.value ? `${this.value}.` : "");
  }
  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
}
CodeActionKind.Empty = new CodeActionKind("");
CodeActionKind.QuickFix = new CodeActionKind("quickfix");
CodeActionKind.SourceFixAll = new CodeActionKind("source.fixAll");

class TabInputText {
  constructor(uri) {
    this.uri = uri;
  }
}

class TextDocument {
  constructor(uri, languageId, text) {
    Object.assign(this, { uri, languageId, text, version: 1, isClosed: false });
    this.fileName = uri.fsPath;
    this.notebook = undefined;
  }
  getText() {
    return this.text;
  }
}

/** Return an object that has the given members, and does nothing for every other name. */
function lenient(members) {
  return new Proxy(members, {
    get(target, name) {
      if (name in target || typeof name === "symbol" || name === "then") return target[name];
      // A class, because the client derives from some of them; an event or a function as well.
      target[name] = function nothing() {
        if (!new.target) return new Disposable();
      };
      return target[name];
    },
  });
}

/** Return a stand-in with its documents, settings and messages in `state`. */
function makeVscode({ folder, settings = {}, isTrusted = true }) {
  const events = Object.fromEntries(
    [
      "onDidOpenTextDocument",
      "onDidChangeTextDocument",
      "onDidSaveTextDocument",
      "onDidCloseTextDocument",
      "onDidChangeConfiguration",
      "onDidGrantWorkspaceTrust",
      "onDidChangeActiveTextEditor",
      "onDidChangeVisibleTextEditors",
      "onDidChangeTabs",
    ].map((name) => [name, new EventEmitter()]),
  );
  const state = {
    events,
    settings,
    answers: [],
    clipboard: "",
    commands: new Map(),
    diagnostics: new Map(),
    messages: [],
    output: "",
    actions: [],
  };
  const channel = (name, options) => {
    const appendLine = (text) => (state.output += `${text}\n`);
    const levels = options?.log ? ["trace", "debug", "info", "warn", "error"] : [];
    return {
      name,
      append: (text) => (state.output += text),
      appendLine,
      ...Object.fromEntries(levels.map((level) => [level, appendLine])),
      onDidChangeLogLevel: new EventEmitter().event,
      show: () => (state.output += "(shown)\n"),
      dispose: () => {},
    };
  };
  const show = async (text, ...choices) => {
    state.messages.push({ text, choices: choices.filter((each) => typeof each === "string") });
    return state.answers.shift();
  };
  const workspace = lenient({
    isTrusted,
    workspaceFolders: [{ uri: Uri.file(folder), name: path.basename(folder), index: 0 }],
    textDocuments: [],
    notebookDocuments: [],
    getConfiguration: (section) => {
      const own = section === "acmrules" ? state.settings : { acmrules: state.settings };
      return { ...own, get: (name, other) => own[name] ?? other, has: (name) => name in own };
    },
    createFileSystemWatcher: () => {
      const { event } = new EventEmitter();
      const dispose = () => {};
      return { onDidCreate: event, onDidChange: event, onDidDelete: event, dispose };
    },
    getWorkspaceFolder: () => workspace.workspaceFolders[0],
    ...Object.fromEntries(Object.entries(events).map(([name, made]) => [name, made.event])),
  });
  const vscode = lenient({
    version: "1.91.0",
    CancellationTokenSource,
    Disposable,
    EventEmitter,
    Uri,
    Position,
    Range,
    Diagnostic,
    TabInputText,
    TextEdit,
    WorkspaceEdit,
    CodeAction,
    CodeActionKind,
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
    env: lenient({
      appName: "test",
      language: "en",
      clipboard: { writeText: async (text) => (state.clipboard = text) },
    }),
    extensions: lenient({ getExtension: () => undefined, all: [] }),
    commands: lenient({
      registerCommand: (name, run) => {
        state.commands.set(name, run);
        return new Disposable(() => state.commands.delete(name));
      },
    }),
    window: lenient({
      visibleTextEditors: [],
      activeTextEditor: undefined,
      tabGroups: { all: [{ tabs: [] }], onDidChangeTabs: events.onDidChangeTabs.event },
      onDidChangeActiveTextEditor: events.onDidChangeActiveTextEditor.event,
      onDidChangeVisibleTextEditors: events.onDidChangeVisibleTextEditors.event,
      createOutputChannel: channel,
      showErrorMessage: show,
      showWarningMessage: show,
      showInformationMessage: show,
    }),
    languages: lenient({
      match: (selector, document) =>
        [selector].flat().some(
          (each) =>
            (!each.scheme || each.scheme === document.uri.scheme) &&
            (!each.language || each.language === document.languageId) &&
            (!each.pattern || minimatch(document.uri.fsPath, each.pattern, { dot: true })),
        )
          ? 10
          : 0,
      createDiagnosticCollection: () => ({
        set: (uri, found) => state.diagnostics.set(uri.toString(), found ?? []),
        delete: (uri) => state.diagnostics.delete(uri.toString()),
        clear: () => state.diagnostics.clear(),
        dispose: () => state.diagnostics.clear(),
      }),
      registerCodeActionsProvider: (_selector, provider) => {
        state.actions.push(provider);
        return new Disposable(() => {
          state.actions = state.actions.filter((each) => each !== provider);
        });
      },
    }),
    workspace,
  });
  return { vscode, state };
}

/** Make `require("vscode")` return a stand-in, everywhere. */
function install(vscode) {
  const load = Module._load;
  Module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest));
}

/** Open a document in a tab, as a user does. */
function open(vscode, state, name, languageId, text) {
  const document = new TextDocument(Uri.file(name), languageId, text);
  const tab = { input: new TabInputText(document.uri) };
  vscode.window.tabGroups.all[0].tabs.push(tab);
  state.events.onDidChangeTabs.fire({ opened: [tab], closed: [], changed: [] });
  vscode.workspace.textDocuments.push(document);
  state.events.onDidOpenTextDocument.fire(document);
  vscode.window.activeTextEditor = { document };
  state.events.onDidChangeActiveTextEditor.fire(vscode.window.activeTextEditor);
  return document;
}

/** Replace the text of a document, as typing does. */
function type(vscode, state, document, text) {
  const lines = document.text.split("\n");
  const end = new Position(lines.length - 1, lines.at(-1).length);
  const range = new Range(new Position(0, 0), end);
  const change = { range, rangeOffset: 0, rangeLength: document.text.length, text };
  Object.assign(document, { text, version: document.version + 1 });
  state.events.onDidChangeTextDocument.fire({ document, contentChanges: [change] });
}

module.exports = { install, makeVscode, open, type };
