"""cfn-lint, with the rules of acmrules and without its own.

cfn-lint checks each template alone, so the command does too. Its rules are loaded once.
"""

import functools

import cfnlint.config
import cfnlint.rules
import cfnlint.runner
from tests.support.guards.cases import Row, reported, rows

SEVERITIES = {"E": "error", "W": "warning", "I": "note"}
WORDS = ("-c", "I", "-a", "acmrules.guards.cfnlint")
LEAST = 17


def templates(case):
    """Return the names of the CloudFormation templates of a case."""
    return [
        name
        for name, text in case.texts.items()
        if name.endswith((".yaml", ".json")) and "Resources" in text and "AWS::" in text
    ]


def takes(case):
    """Return whether a case has a template."""
    return bool(templates(case))


@functools.cache
def runner_class():
    """Return the runner of templates, with the rules of acmrules alone."""
    own = cfnlint.rules.Rules.create_from_module("acmrules.guards.cfnlint")

    class Runner(cfnlint.runner.Runner):
        def _get_rules(self):
            self.rules = own

    return Runner


def matches(*words):
    """Return what cfn-lint finds with options, in the current folder, without its own rules."""
    return [*runner_class()(cfnlint.config.ConfigMixIn([*words, *WORDS])).run()]


def row(match):
    """Return the row of a match."""
    place = match.linenumber, match.columnnumber
    severity = SEVERITIES[match.rule.id[0]]
    return Row(match.filename, *place, match.rule.id[1:], severity, match.message)


def is_finding(match):
    """Return whether a match is a finding, and not about what was not checked."""
    return match.rule.id[4:] >= "100"


def findings(case):
    """Return the rows of the guard's findings in the current folder."""
    found = matches(*templates(case))
    assert not [each for each in found if "ACM" not in each.rule.id]
    return sorted(row(each) for each in found if is_finding(each))


def expected(case):
    """Return the rows of the command in each template of the current folder alone."""
    found = (reported(name)["findings"] for name in templates(case))
    return sorted({each for alone in found for each in rows(alone)})
