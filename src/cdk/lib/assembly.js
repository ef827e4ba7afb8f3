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

function nestedOf(template) {
  const folder = path.dirname(template);
  const artifacts = members(read(folder, 'manifest.json').artifacts);
  const stacks = Object.values(artifacts)
    .map(members)
    .filter((each) => each.type === 'aws:cloudformation:stack')
    .filter((each) => members(each.properties).templateFile === path.basename(template));
  return stacks.flatMap((stack) => assetManifests(stack, artifacts)).flatMap((file) => nestedIn(folder, file));
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
  if (path.basename(name) !== name) return {};
  try {
    return members(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  } catch {
    return {};
  }
}

function members(data) {
  return data !== null && typeof data === 'object' && !Array.isArray(data) ? data : {};
}

module.exports = { withNested };
