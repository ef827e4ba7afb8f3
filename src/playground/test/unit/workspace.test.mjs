// The texts of the modes, and how they are replaced and put back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { Workspace } = await load("workspace");

const texts = (name, text) => ({ files: [{ name, text }], hosts: "" });

test("texts are put back into their own mode, also from another one", () => {
  const workspace = new Workspace();
  workspace.replace(texts("own.yaml", "a: 1\n"));
  const replaced = workspace.replace({ files: [], hosts: "" });
  workspace.mode = "terraform";
  workspace.replace(texts("own.tf", "b = 2\n"));
  workspace.put(replaced);
  assert.equal(workspace.mode, "cloudformation");
  assert.deepEqual(workspace.texts(), texts("own.yaml", "a: 1\n"));
  workspace.mode = "terraform";
  assert.deepEqual(workspace.texts(), texts("own.tf", "b = 2\n"));
});

test("a mode begins with its example, and an edit ends that", () => {
  const workspace = new Workspace();
  assert.equal(workspace.isExample, true);
  workspace.add();
  assert.equal(workspace.isExample, false);
});

test("a new file has a name that no other file has", () => {
  const workspace = new Workspace();
  workspace.replace(texts("template-2.yaml", ""));
  assert.equal(workspace.add().name, "template-3.yaml");
  assert.equal(workspace.add().name, "template-4.yaml");
});

test("what the tab keeps is what it restores", () => {
  const workspace = new Workspace();
  workspace.mode = "names";
  workspace.replace({ files: [{ name: "a.txt", text: "a.io\n" }], hosts: "b.io\n" });
  const other = new Workspace();
  other.restore(workspace.kept("eu-west-1", ""));
  assert.equal(other.mode, "names");
  assert.deepEqual(other.texts(), workspace.texts());
});
