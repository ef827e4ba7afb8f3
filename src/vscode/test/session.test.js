/**
 * Sessions of the built extension with a server. ACMRULES_TEST names what they need: the bundle and
 * a command `acmrules` with its server.
 */

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { install, makeVscode, open, type } = require("./vscode");

const { bundle, command } = JSON.parse(process.env.ACMRULES_TEST);
const BAD = '{"DomainName": "localhost", "ValidationMethod": "DNS"}\n';
const SECONDS = 20;

let folder;
let vscode;
let state;
let extension;

/** Wait until a function returns something, and return it. */
async function until(find) {
  for (let tries = 0; tries < SECONDS * 50; tries += 1) {
    const found = find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing after ${SECONDS} s; messages: ${JSON.stringify(state.messages)}, output: ${state.output}`);
}

const found = (document) => state.diagnostics.get(document.uri.toString());

before(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "acmrules-")));
  ({ vscode, state } = makeVscode({ folder, settings: { path: command } }));
  install(vscode);
  extension = require(bundle);
  extension.activate({ subscriptions: [] });
});

after(async () => {
  await extension.deactivate();
  fs.rmSync(folder, { recursive: true });
});

test("a file without certificates starts no server", () => {
  open(vscode, state, path.join(folder, "other.json"), "json", '{"name": "left-pad"}');
  open(vscode, state, path.join(folder, "notes.md"), "markdown", BAD);
  assert.equal(state.output, "");
});

test("a missing command is reported once, with the command that installs it", async () => {
  const name = path.join(folder, "missing.json");
  const { PATH } = process.env;
  state.settings.path = "";
  process.env.PATH = "";
  delete process.env.VIRTUAL_ENV;
  state.answers = ["Copy the Command"];
  open(vscode, state, name, "json", BAD);
  await until(() => state.clipboard);
  open(vscode, state, path.join(folder, "again.json"), "json", BAD);
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.env.PATH = PATH;
  state.settings.path = command;
  assert.equal(state.clipboard, 'pip install "acmrules[lsp]"');
  const [{ text, choices }, ...more] = state.messages;
  assert.match(text, /^The command acmrules is not installed in the Python environment/);
  assert.deepEqual(choices, ["Copy the Command", "Open Settings"]);
  assert.deepEqual(more, []);
  assert.equal(state.diagnostics.size, 0);
});

test("the next document starts the server once the command is installed", async () => {
  const name = path.join(folder, "installed.json");
  const document = open(vscode, state, name, "json", BAD);
  await until(() => found(document)?.length);
});

test("a server that does not start is reported once, with its last words", async () => {
  state.messages.length = 0;
  state.answers = ["Show the Output"];
  const broken = path.join(folder, "broken");
  fs.writeFileSync(broken, "#!/bin/sh\necho acmrules: no server here >&2\nexit 3\n", { mode: 0o755 });
  state.settings.path = broken;
  await state.commands.get("acmrules.restart")();
  await until(() => state.output.includes("(shown)"));
  state.settings.path = command;
  assert.deepEqual(
    state.messages.map(({ text }) => text),
    [`\`${broken} lsp\` did not start: acmrules: no server here`],
  );
  assert.match(state.output, /no server here/);
});

test("a finding has its place, its severity, its rule and the link to it", async () => {
  await state.commands.get("acmrules.restart")();
  const document = open(vscode, state, path.join(folder, "request.json"), "json", BAD);
  await until(() => found(document)?.length);
  const first = found(document).find(({ code }) => code.value === "ACM101");
  assert.equal(first.source, "acmrules");
  assert.equal(first.severity, vscode.DiagnosticSeverity.Error);
  assert.match(first.code.target.toString(), /^https:/);
  assert.deepEqual([first.range.start.line, first.range.start.character], [0, 16]);
  assert.match(first.message, /^`localhost` is a single label/);
});

test("an edit changes the findings", async () => {
  const document = open(vscode, state, path.join(folder, "edited.json"), "json", BAD);
  const isBad = () => found(document)?.some(({ code }) => code.value === "ACM101");
  await until(isBad);
  type(vscode, state, document, BAD.replace("localhost", "www.brightharbor.io"));
  await until(() => !isBad());
  type(vscode, state, document, BAD);
  await until(isBad);
});

test("a changed setting changes the findings", async () => {
  const text = `Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: www.brightharbor.io, ValidationMethod: DNS}
  Website:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.brightharbor.io]
        ViewerCertificate: {AcmCertificateArn: !Ref Certificate, SslSupportMethod: sni-only}
        DefaultCacheBehavior: {TargetOriginId: pages, ViewerProtocolPolicy: https-only}
        Origins: [{Id: pages, DomainName: pages.brightharbor.io}]
`;
  const document = open(vscode, state, path.join(folder, "site.yaml"), "yaml", text);
  const rules = () => found(document)?.map(({ code }) => code?.value ?? code) ?? [];
  await until(() => rules().includes("undecided"));
  state.settings.region = "eu-west-1";
  const affectsConfiguration = (section) => section === "acmrules";
  state.events.onDidChangeConfiguration.fire({ affectsConfiguration });
  await until(() => rules().some((rule) => /^ACM5/.test(rule)));
});

test("a fix without review is the preferred one", async () => {
  const text = `{"DomainName": "a.brightharbor.io", "ValidationMethod": "DNS",
"SubjectAlternativeNames": ["b.brightharbor.io", "b.brightharbor.io"]}
`;
  const document = open(vscode, state, path.join(folder, "twice.json"), "json", text);
  const diagnostics = await until(() => found(document)?.length && found(document));
  const { range: place } = diagnostics.find(({ code }) => code.value === "ACM304");
  const context = { diagnostics, triggerKind: 1, only: vscode.CodeActionKind.QuickFix };
  const { token } = new vscode.CancellationTokenSource();
  const [provider] = state.actions;
  const actions = await provider.provideCodeActions(document, place, context, token);
  const [preferred, ...others] = actions.filter(({ isPreferred }) => isPreferred);
  const { edit } = await provider.resolveCodeAction(preferred, token);
  assert.deepEqual(others, []);
  const [[{ range, newText }], ...more] = edit.edits.get(document.uri.toString());
  assert.deepEqual(more, []);
  const lines = text.split("\n");
  const [{ line, character }, end] = [range.start, range.end];
  assert.equal(line, end.line);
  lines[line] = lines[line].slice(0, character) + newText + lines[line].slice(end.character);
  assert.deepEqual(JSON.parse(lines.join("\n")).SubjectAlternativeNames, ["b.brightharbor.io"]);
});
