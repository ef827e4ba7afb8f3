"use strict";

const assert = require("node:assert/strict");
const path = require("node:path");
const { test } = require("node:test");
const { findCommand, notFound } = require("../lib/command");

/** Return the command that is found if exactly these files exist. */
function find(files, options) {
  const env = { PATH: "/usr/local/bin:/usr/bin" };
  return findCommand({
    folders: ["/site"],
    env,
    platform: "linux",
    exists: (file) => files.includes(file),
    ...options,
  });
}

const SELECTED = "/envs/site/bin/acmrules";
const ENVIRONMENT = "/site/.venv/bin/acmrules";
const ON_PATH = "/usr/bin/acmrules";
const INTERPRETER = { interpreter: "/envs/site/bin/python" };

test("the selected interpreter comes first, then the folder's environment, then PATH", () => {
  assert.equal(find([ON_PATH, ENVIRONMENT, SELECTED], INTERPRETER), SELECTED);
  assert.equal(find([ON_PATH, ENVIRONMENT], INTERPRETER), ENVIRONMENT);
  assert.equal(find([ON_PATH], INTERPRETER), ON_PATH);
  assert.equal(find([], INTERPRETER), undefined);
  assert.equal(find([ENVIRONMENT, SELECTED], { interpreter: "/envs/site" }), SELECTED);
});

test("the environment that the editor was started in is used", () => {
  const env = { VIRTUAL_ENV: "/active", PATH: "/usr/bin" };
  assert.equal(find(["/active/bin/acmrules", ON_PATH], { env }), "/active/bin/acmrules");
});

test("an untrusted workspace runs nothing of its own", () => {
  const options = { ...INTERPRETER, isTrusted: false };
  assert.equal(find([SELECTED, ENVIRONMENT, ON_PATH], options), ON_PATH);
  assert.equal(find([SELECTED, ENVIRONMENT], options), undefined);
});

test("the setting overrides everything, and is not replaced if it is wrong", () => {
  for (const given of [
    "/opt/acmrules",
    "~/acmrules",
    "${workspaceFolder}/tools/acmrules",
    "tools/acmrules",
    "acmrules-next",
  ]) {
    assert.equal(find([ENVIRONMENT, ON_PATH], { given }), undefined);
  }
  const expected = {
    "/opt/acmrules": "/opt/acmrules",
    "${workspaceFolder}/tools/acmrules": "/site/tools/acmrules",
    "tools/acmrules": "/site/tools/acmrules",
    "acmrules-next": "/usr/bin/acmrules-next",
    "~/acmrules": path.join(require("node:os").homedir(), "acmrules"),
    "${env:TOOLS}/acmrules": "/tools/acmrules",
  };
  const env = { PATH: "/usr/bin", TOOLS: "/tools" };
  for (const [given, file] of Object.entries(expected)) {
    assert.equal(find([ENVIRONMENT, ON_PATH, file], { given, env }), file);
  }
});

test("Windows has other names", () => {
  const options = { platform: "win32", env: { Path: "" } };
  const file = path.join("/site", ".venv", "Scripts", "acmrules.exe");
  assert.equal(find([file], options), file);
});

test("what is missing is said with what to do", () => {
  assert.match(notFound("/opt/acmrules", true), /^acmrules\.path is `\/opt\/acmrules`/);
  assert.match(notFound("", true), /Python environment .* pip install "acmrules\[lsp\]"$/);
  assert.match(notFound("", false), /untrusted .* pip install "acmrules\[lsp\]"$/);
});
