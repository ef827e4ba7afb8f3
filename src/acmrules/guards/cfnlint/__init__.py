"""The rules of acmrules as rules of cfn-lint: `cfn-lint site.yaml -a acmrules.guards.cfnlint`.

cfn-lint creates one object of each class of this module. There is a class for each rule and each
severity that its findings may have, because the first letter of an id is the severity: `EACM101`,
`WACM102`, `IACM110`. The numbers below 100 are what a report contains next to findings.

The first rule of a run checks the template. The others use the same results.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from weakref import WeakKeyDictionary

from cfnlint.rules import CloudFormationLintRule, RuleMatch  # type: ignore[import-untyped]

from acmrules.errors import AcmRulesError
from acmrules.guards.cfnlint.results import Options, Result, letter_of, results_of
from acmrules.lint.rules import CATALOGUE, named
from acmrules.request import Tool
from acmrules.workspace import arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cfnlint.template import Template  # type: ignore[import-untyped]

    from acmrules.lint.rule import Rule

_DOCS = "https://github.com/acmrules/acmrules/blob/main/docs/pages/guards/cfn-lint.md"

_OPTIONS: WeakKeyDictionary[Template, Options] = WeakKeyDictionary()
_RESULTS: WeakKeyDictionary[Template, dict[str, list[Result]]] = WeakKeyDictionary()
"""The options and the results, by rule, of the templates that cfn-lint is checking."""


class AcmRule(CloudFormationLintRule):  # type: ignore[misc]
    """A rule of acmrules with one severity; cfn-lint ignores this class, which has no id."""

    def match(self, cfn: Template) -> list[RuleMatch]:
        """Return the results that have the id of this rule."""
        found = _RESULTS.get(cfn)
        if found is None:
            found = _RESULTS[cfn] = {}
            for each in results_of(cfn, _OPTIONS.get(cfn, Options()), _LETTERS):
                found.setdefault(each.rule, []).append(each)
        return [*map(_match, found.get(self.id, ()))]

    def matchall_resource_properties(self, *_: object) -> tuple[RuleMatch, ...]:
        """Return nothing: cfn-lint calls this for each resource, and `match` has all matches."""
        return ()


class EACM001(AcmRule):
    """The rule for templates that cannot be checked; its configuration is that of the guard."""

    id = "EACM001"
    shortdesc = "acmrules cannot check the template"
    description = "The template or the settings of acmrules cannot be read."
    source_url = _DOCS
    tags = ["acmrules", "acm"]  # noqa: RUF012  (as in all rules of cfn-lint)

    def __init__(self) -> None:
        super().__init__()
        self.config_definition = {
            "settings": {"default": "", "type": "string"},
            "region": {"default": "", "type": "string"},
        }
        self.configure()

    def initialize(self, cfn: Template) -> None:
        """Keep the configuration for all rules that check the template."""
        _OPTIONS[cfn] = Options(self.config["settings"], self.config["region"])


def _match(result: Result) -> RuleMatch:
    """Return a result as cfn-lint expects it, with lines and columns that start at 0."""
    if result.place is None:
        return RuleMatch(list(result.path), result.message)
    location = tuple(number - 1 for number in result.place)
    return RuleMatch(list(result.path), result.message, location=location)


_OWN = {
    "WACM001": ("A file cannot be read", "A file that the check needs cannot be read."),
    "EACM002": (
        "A part is not checked",
        "The settings are `strict`, so every part must be checked.",
    ),
    "IACM002": ("A part is not checked", "A part of the template could not be checked."),
    "IACM003": ("A check is undecided", "A rule depends on a value that is unknown."),
    "IACM004": ("A baseline entry is stale", "Run `acmrules baseline --prune` to remove it."),
    "WACM005": ("A bug in acmrules", "The template was not checked. Please report the bug."),
}
"""What is reported next to findings: ids, with short and long descriptions."""

_MORE = {
    **dict.fromkeys(("ACM401", "ACM518", "ACM520", "ACM522"), "EWI"),
    **dict.fromkeys(("ACM302", "ACM409", "ACM602"), "E"),
    **dict.fromkeys(("ACM309", "ACM413", "ACM506", "ACM519", "ACM704"), "W"),
    **dict.fromkeys(("ACM106", "ACM304", "ACM306", "ACM503", "ACM505", "ACM507", "ACM511"), "I"),
    **dict.fromkeys(("ACM513", "ACM523", "ACM705", "ACM709"), "I"),
    "ACM703": "E",
}
"""The severities of single findings of a rule, in addition to its own."""


def _letters(rule: Rule, configured: dict[str, str]) -> str:
    """Return the letters of the severities that the findings of a rule may have."""
    own = (letter_of(era.value) for era in rule.force if era.value)
    found = {*own, *_MORE.get(rule.id, ""), *configured.get(rule.id, "")}
    return "".join(sorted(found))


def _configured() -> dict[str, str]:
    """Return the letters that the settings of the working directory add, by rule."""
    found = {}
    with suppress(AcmRulesError, OSError, LookupError):
        stated = arguments.resolver(None, None, None, date.today()).settings_of("").stated  # noqa: DTZ011  (local, as of the command)
        for key, setting in stated.items():
            if key[0] == "severity" and setting.value is not None:
                (rule,) = named((key[1],))
                found[rule.id] = letter_of(setting.value)
    return found


def _classes() -> Iterator[type[AcmRule]]:
    """Yield the classes of all rules for CloudFormation, and those for the rest of a report."""
    for rule in CATALOGUE:
        for letter in _LETTERS.get(rule.id, ""):
            text = "\n\n".join(filter(None, (rule.explanation, f"acmrules explain {rule.id}")))
            yield _class(f"{letter}{rule.id}", rule.title, text, rule.url, rule.name)
    for name, (short, text) in _OWN.items():
        yield _class(name, short, text, _DOCS)


def _class(name: str, short: str, text: str, url: str, *tags: str) -> type[AcmRule]:
    """Return a class; its name is in this module, so that objects of it can be pickled."""
    members = {
        "__module__": __name__,
        "__doc__": short,
        "id": name,
        "shortdesc": short,
        "description": text,
        "source_url": url,
        "tags": ["acmrules", "acm", *tags],
    }
    return type(name, (AcmRule,), members)


_LETTERS: dict[str, str] = {}


def _fill() -> None:
    configured = _configured()
    for rule in CATALOGUE:
        if rule.tools is None or Tool.CLOUDFORMATION in rule.tools:
            _LETTERS[rule.id] = _letters(rule, configured)
    globals().update({each.__name__: each for each in _classes()})


_fill()
