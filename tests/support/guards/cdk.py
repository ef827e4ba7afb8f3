"""The guard of the CDK: the report of its plugin, for the templates of a case.

The CDK has the logical ID of a resource and the path of a value in it, but no lines. So a row has
these instead, and `expected` finds them in another way than the guard does.
"""

import os
from functools import cache

from tests.support.guards import cases

from acmrules.guards.cdk.assembly import check_templates
from acmrules.guards.cdk.translation import plugin_report
from acmrules.syntax.source import Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY
from acmrules.workspace import files

LEAST = 17
TEMPLATES = (".yaml", ".yml", ".json", ".template")
SEVERITIES = {"error": "error", "warning": "warning", "info": "note"}


def takes(case):
    """Return whether a case has CloudFormation templates."""
    return any(map(is_template, case.texts, case.texts.values()))


@cache
def is_template(name, text):
    if not name.endswith(TEMPLATES) or "AWS::" not in text:
        return False
    try:
        found = [*trees(Source(name, text), texts=True)]
    except Exception:  # noqa: BLE001  (a case of an invalid file)
        return False
    return all(isinstance(each.data, dict) and "Resources" in each.data for each in found)


def templates(case):
    """Return the templates of a case, in the current folder."""
    return [os.path.abspath(name) for name, text in case.texts.items() if is_template(name, text)]


def rows_of(report):
    """Return the rows of the findings in the report of a plugin, as plain data."""
    return sorted(
        (
            os.path.relpath(resource["templatePath"]),
            resource["resourceLogicalId"],
            *(resource["locations"] or [""]),
            violation["ruleName"],
            SEVERITIES[violation["severity"]],
            violation["description"],
        )
        for violation in report["violations"]
        if violation["ruleName"].startswith("ACM")
        for resource in violation["violatingResources"]
    )


def findings(case):
    """Return the rows of the guard's findings in the current folder."""
    report = check_templates(templates(case))
    return rows_of(plugin_report(report.to_dict(), report.exit_code, templates(case)))


def expected(case):
    """Return what the command finds, with resources and paths instead of lines and columns."""
    return sorted(
        (os.path.relpath(each["file"]), *_place(each), *_rest(each))
        for each in cases.reported(*templates(case))["findings"]
    )


def _rest(finding):
    return finding["rule"], finding["severity"], finding["message"]


def _place(finding):
    """Return the resource and the path of a finding: the innermost value around its start."""
    source = files.decode(finding["file"], files.read_bytes(finding["file"]))
    best = ()
    for tree in trees(source, texts=True):
        pending = [((), tree.data)]
        while pending:
            pointer, data = pending.pop()
            is_member = bool(pointer) and isinstance(pointer[-1], str)
            start, _ = tree.place((*pointer, KEY) if is_member else pointer)
            position = source.position(start)
            if (position.line, position.column) <= (finding["line"], finding["column"]):
                best = max(best, (position.line, position.column, len(pointer), pointer))
            if isinstance(data, dict):
                pending += [((*pointer, key), value) for key, value in data.items()]
            elif isinstance(data, list):
                pending += [((*pointer, index), value) for index, value in enumerate(data)]
    pointer = best[-1]
    if pointer[:1] == ("Resources",) and len(pointer) > 1:
        return pointer[1], ".".join(map(str, pointer[2:]))
    return finding["address"], ".".join(map(str, pointer))
