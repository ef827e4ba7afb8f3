'use strict';

// Runs `acmrules check`, and returns its report. What goes wrong is an error, which the CDK reports
// as a failed validation.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const FORMAT = 1;
const REPORTED = [0, 1, 2, 3];
const MOST_BYTES = 1 << 30;

/** Returns the report of templates, and the exit code; throws if there is no report. */
function check(templates, props) {
  const command = commandOf(props);
  const words = ['check', '--format', 'json', ...(props.options ?? [])];
  if (props.asOf) words.push('--as-of', props.asOf);
  const config = props.config ?? settingsFile(command, templates);
  if (config) words.push('--config', config);
  const done = run(command, [...words, '--', ...templates]);
  if (!REPORTED.includes(done.status) || !done.stdout.trim()) throw failure(command, done);
  return { report: parsed(command, done), exitCode: done.status };
}

function commandOf(props) {
  const words = typeof props.command === 'string' ? [props.command] : [...(props.command ?? ['acmrules'])];
  if (words.length === 0) throw new Error('`command` is empty: set the command that runs acmrules');
  return words;
}

/**
 * Returns the nearest settings file of the working directory if an assembly is outside it; otherwise
 * acmrules finds that of the templates.
 */
function settingsFile(command, templates) {
  const here = fs.realpathSync(process.cwd());
  if (templates.every((each) => isBelow(here, each))) return undefined;
  const done = run(command, ['settings', '.', '--format', 'json']);
  if (done.status !== 0) throw failure(command, done);
  return parsed(command, done).settings.find((each) => each.line !== null)?.where;
}

function isBelow(folder, file) {
  // The folder is that of an assembly; the file may be missing, which acmrules reports.
  const relative = path.relative(folder, path.join(fs.realpathSync(path.dirname(file)), path.basename(file)));
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function run(command, words) {
  const [program, ...first] = command;
  const done = spawnSync(program, [...first, ...words], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONUTF8: '1' },
    maxBuffer: MOST_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  if (done.error?.code === 'ENOENT') {
    throw new Error(
      `cannot find the command \`${program}\`: install it with \`pip install acmrules\`, ` +
        'or set `command` of `AcmRulesValidator`',
    );
  }
  if (done.error) throw new Error(`cannot run \`${program}\`: ${done.error.message}`);
  return done;
}

function parsed(command, done) {
  let data;
  try {
    data = JSON.parse(done.stdout);
  } catch {
    throw failure(command, done);
  }
  if ('findings' in data && data.version !== FORMAT) {
    throw new Error(`acmrules ${data.acmrules} has another JSON format: install a newer acmrules-cdk`);
  }
  return data;
}

function failure(command, done) {
  const how = done.signal ? `was ended by ${done.signal}` : `failed with exit code ${done.status}`;
  const said = (done.stderr.trim() || done.stdout.trim()).slice(-4000);
  return new Error(`\`${command.join(' ')}\` ${how}${said ? `: ${said}` : ''}`);
}

module.exports = { check };
