'use strict';

const path = require('node:path');

const { ofApp, withNested } = require('./lib/assembly');
const { check } = require('./lib/command');
const { failedReport, pluginReport, withStacks } = require('./lib/translation');
const { version } = require('./package.json');

/** Checks the certificate requests in the templates of an app; see `index.d.ts`. */
class AcmRulesValidator {
  constructor(props = {}) {
    this.name = 'acmrules';
    this.version = version;
    this._props = props;
  }

  validate(context) {
    const stacks = new Map(
      (context.stackTemplates ?? []).map((each) => [path.resolve(each.templatePath), each.stackConstructPath]),
    );
    return withStacks(this._report(context.templatePaths), stacks);
  }

  _report(paths) {
    try {
      const templates = withNested(paths);
      // Some versions of the CDK pass the templates of one Region at a time.
      const everything = ofApp(paths);
      const others = everything.filter((each) => !templates.includes(each));
      const { report, exitCode } = check(everything, this._props);
      return pluginReport(report, exitCode, templates, others);
    } catch (error) {
      return failedReport(error.message, version, paths);
    }
  }
}

module.exports = { AcmRulesValidator };
