"""A report of acmrules as the report of a policy validation plugin, both as plain data.

The npm package does the same with the JSON of `acmrules check`, in `src/cdk/lib/translation.js`.
"""

from __future__ import annotations

import os

from acmrules.guards.cdk.places import TemplatePlaces
from acmrules.workspace import UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    Data = dict[str, Any]

_MOST_RULES = 3
"""The number of rules that a description names."""

UNDECIDED, NOT_CHECKED, UNREAD, FAILED = "undecided", "not-checked", "unreadable", "failed"
"""The names under which the CDK shows what is not a finding of a rule."""

_DOCUMENTATION = "https://github.com/acmrules/acmrules/blob/v{version}/docs/pages/{page}"
_SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}
_RANKS = ("note", "warning", "error")
_OPTIONS = {
    "--param": "set `{name}` under `parameters` in the settings of acmrules",
    "--region": "set `env` of the stack, or `region` in the settings of acmrules",
}
"""What replaces an option of the command, by its first word."""


def plugin_report(
    report: Data, exit_code: int, templates: Iterable[str], others: Iterable[str] = ()
) -> Data:
    """Return the `PolicyValidationPluginReport` of a report of `check`, as its JSON is.

    `report` is the JSON of `acmrules check`, and `exit_code` its exit code. `templates` are those
    that the CDK passes; violations in `others`, which were checked too, are left out. The names of
    members are those of the CDK in TypeScript.
    """
    found = [*_violations(report, exit_code, [*templates])]
    kept = [*_outside(found, frozenset(map(os.path.abspath, others)))]
    # What fails may be elsewhere. If nothing says why the run failed, it is no success.
    fails_elsewhere = any(map(_fails, found)) and not any(map(_fails, kept))
    return {
        "success": exit_code == 0 or fails_elsewhere,
        "pluginVersion": report["acmrules"],
        "violations": _merged(kept),
        "metadata": {
            "date of the rules": report["as_of"],
            **{
                name: str(report["summary"][key])
                for name, key in (
                    ("certificate requests", "requests"),
                    ("suppressed", "suppressed"),
                )
            },
        },
    }


def failed_report(faults: Iterable[str], version: str, templates: Iterable[str]) -> Data:
    """Return the report of a check that could not run, with a violation for each fault.

    An exception of the plugin is not enough: the command of the CDK ignores it (2.1148). It shows
    the violations of the stacks that it selects, so each has all templates.
    """
    where = [_place(path, "", "") for path in templates]
    page = _DOCUMENTATION.format(version=version, page="guards/cdk.md")
    found = (_other(FAILED, f"cannot check: {each}", "", "error", where, page) for each in faults)
    return {
        "success": False,
        "pluginVersion": version,
        "violations": _merged(found),
        "metadata": {},
    }


def _fails(violation: Data) -> bool:
    fails: bool = violation["fails"]
    return fails


def _outside(violations: Iterable[Data], others: frozenset[str]) -> Iterator[Data]:
    """Yield violations without the resources in some templates, if any resource is left."""
    for each in violations:
        own = [place for place in each["violatingResources"] if place["templatePath"] not in others]
        if own:
            yield {**each, "violatingResources": own}


def _violations(report: Data, exit_code: int, templates: list[str]) -> Iterator[Data]:
    """Yield all violations; `fails` is whether each makes the run fail."""
    places, version = TemplatePlaces(), report["acmrules"]
    for finding in report["findings"]:
        bar = report["fail_on"].get(finding["file"], "error")
        fails = _RANKS.index(finding["severity"]) >= _RANKS.index(bar)
        yield {**_of_finding(finding, version, places), "fails": fails}
    is_read = all(each["warning"] for each in report["errors"])
    # Then the settings require that everything is checked, or that something is.
    level = "error" if exit_code == UNREADABLE and is_read else "info"
    settings = _DOCUMENTATION.format(version=version, page="guards/cdk.md")
    for each in report["errors"]:
        severity = "info" if each["warning"] else "error"
        # The CDK shows no place outside templates, such as in settings.
        place = ":".join(str(each[part]) for part in ("file", "line", "column") if each[part])
        text = f"{place}: {each['message']}"
        yield _other(UNREAD, text, "", severity, [_resource(each, places)], settings)
    for each in report["undecided"]:
        resources = [_resource(place, places) for place in each["places"]]
        yield _other(UNDECIDED, _waiting(each), _advice(each), level, resources, settings)
    for each in _unnamed(report):
        text = ": ".join(filter(None, (each["rule"], each["message"])))
        yield _other(UNDECIDED, text, "", level, [_resource(each, places)], settings)
    for each in report["not_checked"]:
        # The other parameters are among the undecided names.
        if each["kind"] != "parameter":
            text, where = f"{each['what']} {each['why']}", [_resource(each, places)]
            yield _other(NOT_CHECKED, text, each["how"], level, where, settings)
    if level == "error" and report["is_empty"]:
        where = [_place(path, "", "") for path in templates[:1]]
        yield _other(NOT_CHECKED, "the app has no certificate", "", level, where, settings)


def _unnamed(report: Data) -> Iterator[Data]:
    """Yield the bounded checks, and the undecided ones that wait for no unknown name."""
    named = {
        (rule, place["file"], place["line"], place["column"])
        for each in report["undecided"]
        for place in each["places"]
        for rule in each["rules"]
    }
    for each in report["skips"]:
        place = each["rule"], each["file"], each["line"], each["column"]
        if each["reason"] == "bounded" or (each["reason"] == "undecided" and place not in named):
            yield each


def _of_finding(finding: Data, version: str, places: TemplatePlaces) -> Data:
    page = _DOCUMENTATION.format(version=version, page=f"rules/{finding['rule']}.md")
    metadata = {"name": finding["name"], "documentation": page}
    if finding["url"]:
        metadata["source"] = finding["url"]
    return {
        "ruleName": finding["rule"],
        "description": finding["message"],
        "severity": _SEVERITIES[finding["severity"]],
        "fix": "\n".join(filter(None, (finding["help"], f"see {page}"))),
        "ruleMetadata": metadata,
        "violatingResources": [_resource(finding, places)],
    }


def _other(
    name: str, text: str, advice: str, severity: str, resources: list[Data], page: str
) -> Data:
    """Return what is not the finding of a rule as a violation."""
    return {
        "ruleName": name,
        "description": text,
        "severity": severity,
        "fix": "\n".join(filter(None, (advice, f"see {page}"))),
        "ruleMetadata": {"name": name, "documentation": page},
        "violatingResources": resources,
        "fails": severity == "error",
    }


def _waiting(undecided: Data) -> str:
    rules, checks = undecided["rules"], undecided["checks"]
    more = f" and {len(rules) - _MOST_RULES} more" if len(rules) > _MOST_RULES else ""
    noun = "check is" if checks == 1 else "checks are"
    shown = ", ".join(rules[:_MOST_RULES])
    return f"`{undecided['name']}` is unknown: {checks} {noun} undecided ({shown}{more})"


def _advice(undecided: Data) -> str:
    option, name = undecided["option"], undecided["name"]
    template = _OPTIONS.get(option.partition(" ")[0])
    return template.format(name=name) if template else undecided["advice"]


def _resource(place: Data, places: TemplatePlaces) -> Data:
    """Return the resource of something with a location, which may be a whole file."""
    line = place["line"]
    if not line:
        return _place(place["file"], "", "")
    logical_id, path = places.resource(place["file"], line, place["column"])
    return _place(place["file"], logical_id or place.get("address", ""), path)


def _place(file: str, logical_id: str, path: str) -> Data:
    return {
        "resourceLogicalId": logical_id,
        "templatePath": os.path.abspath(file),
        "locations": [path] if path else [],
    }


def _merged(violations: Iterable[Data]) -> list[Data]:
    """Return violations; those that differ in their resources only are one."""
    merged: dict[tuple[str, ...], Data] = {}
    for each in violations:
        key = tuple(each[name] for name in ("ruleName", "severity", "description", "fix"))
        if key in merged:
            merged[key]["violatingResources"] += each["violatingResources"]
        else:
            merged[key] = {name: value for name, value in each.items() if name != "fails"}
    return [*merged.values()]


def with_stacks(report: Mapping[str, Any], stacks: Mapping[str, str]) -> Data:
    """Return a report in which a resource without a logical ID has the construct of its stack.

    `stacks` are the construct paths of stacks by the absolute paths of their templates.
    """
    violations = [
        {
            **each,
            "violatingResources": [
                {**resource, "constructPath": stacks[resource["templatePath"]]}
                if not resource["resourceLogicalId"] and resource["templatePath"] in stacks
                else resource
                for resource in each["violatingResources"]
            ],
        }
        for each in report["violations"]
    ]
    return {**report, "violations": violations}
