'use strict';

// The JSON of `acmrules check` as the report of a policy validation plugin, as in
// src/acmrules/guards/cdk/translation.py. A test compares both.

const path = require('node:path');

const { Places } = require('./places');

const [UNDECIDED, NOT_CHECKED, UNREADABLE, FAILED] = ['undecided', 'not-checked', 'unreadable', 'failed'];
const UNREADABLE_CODE = 2;
const MOST_RULES = 3;
const RANKS = ['note', 'warning', 'error'];
const SEVERITIES = { error: 'error', warning: 'warning', note: 'info' };

/**
 * Returns the report for the CDK. `templates` are those that the CDK passes; violations in `others`,
 * which were checked too, are left out.
 */
function pluginReport(report, exitCode, templates, others = []) {
  const found = [...violationsOf(report, exitCode, templates)];
  const kept = outside(found, new Set(others.map((each) => path.resolve(each))));
  // What fails may be elsewhere. If nothing says why the run failed, it is no success.
  const failsElsewhere = found.some((each) => each.fails) && !kept.some((each) => each.fails);
  return {
    success: exitCode === 0 || failsElsewhere,
    pluginVersion: report.acmrules,
    violations: merged(kept),
    metadata: {
      'date of the rules': report.as_of,
      'certificate requests': String(report.summary.requests),
      suppressed: String(report.summary.suppressed),
    },
  };
}

/**
 * Returns the report of a check that could not run. An exception of the plugin is not enough: the
 * command of the CDK ignores it (2.1148). It shows the violations of the stacks that it selects, so
 * this one has all templates.
 */
function failedReport(fault, version, templates) {
  const resources = templates.map((template) => place(template, '', ''));
  const page = documentation(version, 'guards/cdk.md');
  return {
    success: false,
    pluginVersion: version,
    violations: merged([other(FAILED, `cannot check: ${fault}`, '', 'error', resources, page)]),
    metadata: {},
  };
}

/** Returns violations without the resources in some templates, if any resource is left. */
function outside(violations, others) {
  return violations
    .map((each) => ({
      ...each,
      violatingResources: each.violatingResources.filter((found) => !others.has(found.templatePath)),
    }))
    .filter((each) => each.violatingResources.length > 0);
}

/** Yields all violations; `fails` is whether each makes the run fail. */
function* violationsOf(report, exitCode, templates) {
  const places = new Places();
  const page = documentation(report.acmrules, 'guards/cdk.md');
  for (const finding of report.findings) {
    const bar = report.fail_on[finding.file] ?? 'error';
    const fails = RANKS.indexOf(finding.severity) >= RANKS.indexOf(bar);
    yield { ...ofFinding(finding, report.acmrules, places), fails };
  }
  const isRead = report.errors.every((each) => each.warning);
  // Then the settings require that everything is checked, or that something is.
  const level = exitCode === UNREADABLE_CODE && isRead ? 'error' : 'info';
  for (const each of report.errors) {
    // The CDK shows no place outside templates, such as in settings.
    const text = `${[each.file, each.line, each.column].filter(Boolean).join(':')}: ${each.message}`;
    yield other(UNREADABLE, text, '', each.warning ? 'info' : 'error', [resource(each, places)], page);
  }
  for (const each of report.undecided) {
    const resources = each.places.map((place) => resource(place, places));
    yield other(UNDECIDED, waiting(each), advice(each), level, resources, page);
  }
  for (const each of unnamed(report)) {
    const found = [each.rule, each.message].filter(Boolean).join(': ');
    yield other(UNDECIDED, found, '', level, [resource(each, places)], page);
  }
  // The other parameters are among the undecided names.
  for (const each of report.not_checked.filter((found) => found.kind !== 'parameter')) {
    yield other(NOT_CHECKED, `${each.what} ${each.why}`, each.how, level, [resource(each, places)], page);
  }
  if (level === 'error' && report.is_empty) {
    const resources = templates.slice(0, 1).map((template) => place(template, '', ''));
    yield other(NOT_CHECKED, 'the app has no certificate', '', level, resources, page);
  }
}

/** Returns the bounded checks, and the undecided ones that wait for no unknown name. */
function unnamed(report) {
  const key = (rule, each) => JSON.stringify([rule, each.file, each.line, each.column]);
  const named = new Set(
    report.undecided.flatMap((each) => each.places.flatMap((found) => each.rules.map((rule) => key(rule, found)))),
  );
  return report.skips.filter(
    (each) => each.reason === 'bounded' || (each.reason === 'undecided' && !named.has(key(each.rule, each))),
  );
}

function documentation(version, page) {
  return `https://github.com/acmrules/acmrules/blob/v${version}/docs/pages/${page}`;
}

function ofFinding(finding, version, places) {
  const page = documentation(version, `rules/${finding.rule}.md`);
  return {
    ruleName: finding.rule,
    description: finding.message,
    severity: SEVERITIES[finding.severity],
    fix: [finding.help, `see ${page}`].filter(Boolean).join('\n'),
    ruleMetadata: {
      name: finding.name,
      documentation: page,
      ...(finding.url ? { source: finding.url } : {}),
    },
    violatingResources: [resource(finding, places)],
  };
}

/** Returns what is not the finding of a rule as a violation. */
function other(name, text, how, severity, resources, page) {
  return {
    ruleName: name,
    description: text,
    severity,
    fix: [how, `see ${page}`].filter(Boolean).join('\n'),
    ruleMetadata: { name, documentation: page },
    violatingResources: resources,
    fails: severity === 'error',
  };
}

function waiting({ name, rules, checks }) {
  const more = rules.length > MOST_RULES ? ` and ${rules.length - MOST_RULES} more` : '';
  const noun = checks === 1 ? 'check is' : 'checks are';
  const shown = rules.slice(0, MOST_RULES).join(', ');
  return `\`${name}\` is unknown: ${checks} ${noun} undecided (${shown}${more})`;
}

function advice(undecided) {
  const [option] = undecided.option.split(' ');
  if (option === '--param') return `set \`${undecided.name}\` under \`parameters\` in the settings of acmrules`;
  if (option === '--region') return 'set `env` of the stack, or `region` in the settings of acmrules';
  return undecided.advice;
}

/** Returns the resource of something with a location, which may be a whole file. */
function resource(found, places) {
  if (!found.line) return place(found.file, '', '');
  const [logicalId, location] = places.resource(found.file, found.line, found.column);
  return place(found.file, logicalId || found.address || '', location);
}

function place(file, logicalId, location) {
  return {
    resourceLogicalId: logicalId,
    templatePath: path.resolve(file),
    locations: location ? [location] : [],
  };
}

/** Returns violations; those that differ in their resources only are one. */
function merged(violations) {
  const found = new Map();
  for (const { fails, ...each } of violations) {
    const key = JSON.stringify([each.ruleName, each.severity, each.description, each.fix]);
    if (found.has(key)) found.get(key).violatingResources.push(...each.violatingResources);
    else found.set(key, each);
  }
  return [...found.values()];
}

/** Returns a report in which a resource without a logical ID has the construct of its stack. */
function withStacks(report, stacks) {
  const constructOf = (each) => {
    const { resourceLogicalId, ...rest } = each;
    const constructPath = resourceLogicalId ? undefined : stacks.get(each.templatePath);
    return constructPath === undefined ? each : { ...rest, constructPath };
  };
  const violations = report.violations.map((each) => ({
    ...each,
    violatingResources: each.violatingResources.map(constructOf),
  }));
  return { ...report, violations };
}

module.exports = { failedReport, pluginReport, withStacks };
