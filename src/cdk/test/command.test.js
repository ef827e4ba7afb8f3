'use strict';

// The command: how it is run, and that nothing that goes wrong is a silent pass.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, test } = require('node:test');

const { AcmRulesValidator } = require('..');

const REPORT = {
  version: 1,
  acmrules: '0.0.0',
  as_of: '2026-11-30',
  summary: { requests: 0, suppressed: 0 },
  ...Object.fromEntries(['findings', 'errors', 'undecided', 'skips', 'not_checked'].map((name) => [name, []])),
  fail_on: {},
  is_empty: true,
};

const parent = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'acmrules-')));

after(() => {
  process.chdir(os.tmpdir());
  fs.rmSync(parent, { recursive: true });
});

/** Returns a new working directory with a template. */
function app() {
  const folder = fs.mkdtempSync(path.join(parent, 'app-'));
  process.chdir(folder);
  const template = path.join(folder, 'A.template.json');
  fs.writeFileSync(template, '{"Resources": {}}');
  return { folder, template };
}

/** Returns a command that records its arguments, prints a text, and exits with a code. */
function command(folder, text, code) {
  const script = path.join(folder, 'command.js');
  const printed = typeof text === 'string' ? text : JSON.stringify(text);
  fs.writeFileSync(
    script,
    `require('node:fs').appendFileSync('words', JSON.stringify(process.argv.slice(2)) + '\\n');
     console.error('said so');
     process.stdout.write(${JSON.stringify(printed)});
     process.exitCode = ${code};`,
  );
  return [process.execPath, script];
}

function words(folder) {
  return fs.readFileSync(path.join(folder, 'words'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

function validate(template, props) {
  return new AcmRulesValidator(props).validate({ templatePaths: [template] });
}

/** Asserts that a check fails with a violation: the command of the CDK ignores exceptions. */
function assertFails(checked, message) {
  const { success, violations } = checked();
  assert.equal(success, false);
  assert.deepEqual(violations.map((each) => [each.ruleName, each.severity]), [['failed', 'error']]);
  assert.match(violations[0].description, message);
  assert.equal(violations[0].violatingResources.length, 1);
}

test('all templates are checked in one run, with the options', () => {
  const { folder, template } = app();
  const props = { command: command(folder, REPORT, 0), asOf: '2027-01-02', config: 'a.toml', options: ['--strict'] };
  const other = path.join(folder, 'B.template.json');
  const report = new AcmRulesValidator(props).validate({ templatePaths: [template, other] });
  assert.equal(report.success, true);
  assert.deepEqual(words(folder), [
    ['check', '--format', 'json', '--strict', '--as-of', '2027-01-02', '--config', 'a.toml', '--', template, other],
  ]);
});

test('without options, acmrules finds the settings of the templates', () => {
  const { folder, template } = app();
  validate(template, { command: command(folder, REPORT, 0) });
  assert.deepEqual(words(folder), [['check', '--format', 'json', '--', template]]);
});

for (const [code, success] of [[0, true], [1, false], [2, false], [3, false]]) {
  test(`exit code ${code} is ${success ? 'a' : 'no'} success`, () => {
    const { folder, template } = app();
    assert.equal(validate(template, { command: command(folder, REPORT, code) }).success, success);
  });
}

test('a command that does not exist is an error', () => {
  const { template } = app();
  assertFails(() => validate(template, { command: 'no-such-acmrules' }), /cannot find the command `no-such-acmrules`: install/u);
  assertFails(() => validate(template, { command: [] }), /`command` is empty/u);
});

for (const [text, code, message] of [
  ['', 0, /failed with exit code 0: said so/u],
  ['', 2, /failed with exit code 2: said so/u],
  ['no JSON', 1, /failed with exit code 1: said so/u],
  ['{}', 101, /failed with exit code 101: said so/u],
  [{ ...REPORT, version: 2 }, 0, /acmrules 0\.0\.0 has another JSON format/u],
]) {
  test(`a command that prints ${JSON.stringify(text).slice(0, 30)} and exits with ${code} is an error`, () => {
    const { folder, template } = app();
    assertFails(() => validate(template, { command: command(folder, text, code) }), message);
  });
}

test('a command that is ended by a signal is an error', () => {
  const { folder, template } = app();
  const script = path.join(folder, 'killed.js');
  fs.writeFileSync(script, "process.kill(process.pid, 'SIGKILL')");
  assertFails(() => validate(template, { command: [process.execPath, script] }), /was ended by SIGKILL/u);
});

test('the settings of the working directory apply to an assembly elsewhere', () => {
  const { template } = app();
  const { folder } = app();
  const script = path.join(folder, 'command.js');
  const settings = { settings: [{ line: null, where: '--region' }, { line: 1, where: '.acmrules.toml' }] };
  const both = `const words = process.argv.slice(2);
    require('node:fs').appendFileSync('words', JSON.stringify(words) + '\\n');
    console.log(JSON.stringify(words[0] === 'settings' ? ${JSON.stringify(settings)} : ${JSON.stringify(REPORT)}));`;
  fs.writeFileSync(script, both);
  validate(template, { command: [process.execPath, script] });
  assert.deepEqual(words(folder), [
    ['settings', '.', '--format', 'json'],
    ['check', '--format', 'json', '--config', '.acmrules.toml', '--', template],
  ]);
});

test('wrong settings of the working directory are an error', () => {
  const { template } = app();
  const { folder } = app();
  const failing = { command: command(folder, { settings: [] }, 2) };
  assertFails(() => validate(template, failing), /failed with exit code 2: said so/u);
});

test('a command that cannot be run is an error', () => {
  const { folder, template } = app();
  assertFails(() => validate(template, { command: folder }), /cannot run `.*`: /u);
});

test('the templates of nested stacks are checked too', () => {
  const { folder, template } = app();
  const artifacts = {
    A: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'A.template.json' },
      dependencies: ['Assets', 'Tree', 'Above', 'None', 5],
    },
    Tree: { type: 'cdk:tree', properties: { file: 'B.assets.json' } },
    Above: { type: 'cdk:asset-manifest', properties: { file: '../B.assets.json' } },
    Assets: { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } },
  };
  const files = { hash: { source: { path: 'Inner.nested.template.json' } }, code: { source: { path: 'asset.code' } }, odd: 5 };
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
  fs.writeFileSync(path.join(folder, 'A.assets.json'), JSON.stringify({ files }));
  const others = JSON.stringify({ files: { hash: { source: { path: 'No.nested.template.json' } } } });
  for (const name of ['.', '..']) fs.writeFileSync(path.join(folder, name, 'B.assets.json'), others);
  validate(template, { command: command(folder, REPORT, 0) });
  assert.deepEqual(words(folder)[0].slice(-2), [template, path.join(folder, 'Inner.nested.template.json')]);
});

test('the other templates of the app are checked too, once, and their findings left out', () => {
  const { folder, template } = app();
  const stack = (templateFile) => ({ type: 'aws:cloudformation:stack', properties: { templateFile } });
  const stage = (directoryName) => ({ type: 'cdk:cloud-assembly', properties: { directoryName } });
  const write = (name, artifacts) => {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    fs.writeFileSync(path.join(folder, name, 'manifest.json'), JSON.stringify({ artifacts }));
  };
  const other = { ...stage('ignored'), type: 'cdk:tree' };
  write('', { B: stack('B.template.json'), Prod: stage('prod'), Up: stage('..'), None: stage(5), Tree: other, A: stack('A.template.json') });
  write('prod', { C: stack('C.template.json') });
  write('ignored', { D: stack('D.template.json') });
  const [b, c] = ['B.template.json', path.join('prod', 'C.template.json')].map((name) => path.join(folder, name));
  const findings = [template, b].map((file) => ({
    rule: 'ACM101', severity: 'error', message: 'no', file, line: 1, column: 1, address: '', related: [],
  }));
  const props = { command: command(folder, { ...REPORT, findings }, 1) };
  for (const first of [template, c]) {
    const all = [first, ...[b, template, c].filter((each) => each !== first)];
    const report = validate(first, props);
    assert.deepEqual(words(folder).at(-1).slice(words(folder).at(-1).indexOf('--') + 1), all);
    const shown = report.violations.flatMap((each) => each.violatingResources.map((found) => found.templatePath));
    assert.deepEqual(shown, first === c ? [] : [template]);
    assert.equal(report.success, first === c);
  }
});

test('a mistake in the settings fails', () => {
  const { folder, template } = app();
  const errors = [{ message: 'unknown setting', file: '.acmrules.toml', line: 1, column: 1, warning: false }];
  const report = validate(template, { command: command(folder, { ...REPORT, errors }, 2) });
  assert.equal(report.success, false);
  assert.equal(report.violations.length, 1);
});

test('a place without a resource has the construct of its stack', () => {
  const { folder, template } = app();
  const errors = [{ message: 'is not JSON', file: template, line: null, column: null, warning: false }];
  const validator = new AcmRulesValidator({ command: command(folder, { ...REPORT, errors }, 2) });
  const stackTemplates = [{ templatePath: template, stackConstructPath: 'Prod/A' }];
  const [violation] = validator.validate({ templatePaths: [template], stackTemplates }).violations;
  assert.deepEqual(violation.violatingResources, [{ constructPath: 'Prod/A', templatePath: template, locations: [] }]);
});

test('the version is that of the package', () => {
  assert.equal(new AcmRulesValidator().version, require('../package.json').version);
});
