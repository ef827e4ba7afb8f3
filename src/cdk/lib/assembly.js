'use strict';

// The stacks of a cloud assembly, as in src/acmrules/workspace/assemblies.py.

const fs = require('node:fs');
const path = require('node:path');

const NESTED = '.nested.template.json';

/** Returns templates, each once and followed by those of the nested stacks of its stack. */
function withNested(templates) {
  const found = new Set();
  for (const template of templates) {
    found.add(template);
    for (const nested of nestedOf(template)) found.add(nested);
  }
  return [...found];
}

/** Returns templates with those of their nested stacks, and then the others of their app. */
function ofApp(templates) {
  const own = withNested(templates);
  const found = new Map(own.map((each) => [path.resolve(each), each]));
  for (const folder of new Set(own.map((each) => rootOf(path.dirname(each))))) {
    for (const each of withNested(below(folder))) {
      if (!found.has(path.resolve(each))) found.set(path.resolve(each), each);
    }
  }
  return [...found.values()];
}

/** Returns the folder of the assembly of the app that has the one in a folder. */
function rootOf(folder) {
  let found = folder;
  let whole = path.resolve(folder);
  while (stages(path.dirname(whole)).includes(path.basename(whole))) {
    whole = path.dirname(whole);
    found = whole;
  }
  return found;
}

/** Returns the templates of the stacks of an assembly and of its stages. */
function below(folder) {
  const templates = stacks(folder).map((stack) => path.join(folder, String(members(stack.properties).templateFile)));
  return [...templates, ...stages(folder).flatMap((name) => below(path.join(folder, name)))];
}

function stacks(folder) {
  const artifacts = members(read(folder, 'manifest.json').artifacts);
  return Object.values(artifacts).map(members).filter((each) => each.type === 'aws:cloudformation:stack');
}

/** Returns the names of the folders with the assemblies of stages in an assembly. */
function stages(folder) {
  return Object.values(members(read(folder, 'manifest.json').artifacts))
    .map(members)
    .filter((each) => each.type === 'cdk:cloud-assembly')
    .map((each) => members(each.properties).directoryName)
    .filter((name) => typeof name === 'string' && isName(name));
}

function nestedOf(template) {
  const folder = path.dirname(template);
  const artifacts = members(read(folder, 'manifest.json').artifacts);
  return stacks(folder)
    .filter((each) => members(each.properties).templateFile === path.basename(template))
    .flatMap((stack) => assetManifests(stack, artifacts))
    .flatMap((file) => nestedIn(folder, file));
}

/** Returns the names of the files that list the assets of a stack. */
function assetManifests(stack, artifacts) {
  const needed = Array.isArray(stack.dependencies) ? stack.dependencies : [];
  return needed
    .map((name) => members(artifacts[name]))
    .filter((each) => each.type === 'cdk:asset-manifest')
    .map((each) => String(members(each.properties).file));
}

function nestedIn(folder, file) {
  return Object.values(members(read(folder, file).files))
    .map((asset) => members(members(asset).source).path)
    .filter((source) => typeof source === 'string' && source.endsWith(NESTED))
    .map((source) => path.join(folder, source));
}

/** Returns the object in a JSON file, an empty one if there is none. */
function read(folder, name) {
  if (!isName(name)) return {};
  try {
    return members(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  } catch {
    return {};
  }
}

/** Returns whether a path is that of something directly in its folder. */
function isName(name) {
  return path.basename(name) === name && !['', '.', '..'].includes(name);
}

function members(data) {
  return data !== null && typeof data === 'object' && !Array.isArray(data) ? data : {};
}

module.exports = { ofApp, withNested };
