"""The unknown names that undecided checks wait for, each once in a run."""

from __future__ import annotations

from acmrules.lint.findings import SkipReason
from acmrules.messages import quoted
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.lint.findings import Skip

_VERBS = (" is unknown", " are unknown")
"""The words after the unknown values; other values may follow them."""

_OPTIONS = frozenset(("--region",))
_REGION = "the Region"
_OF_TERRAFORM = r"\$\{?[^`]*\b(?:data|local|module|each|aws_\w+)\."
_CHECK_PLAN = "check the plan"
_CHECK_EXPORTS = "check the template that exports it too"


class UnknownName(Value):
    """A name without a known value, and the checks that depend on it.

    `name` is written as in the files. `option` sets its value; it is empty if no option does.
    `advice` is what to do then, empty if nothing is known.
    """

    name: str
    option: str
    advice: str
    skips: tuple[Skip, ...]

    @property
    def what(self) -> str:
        """The name as a sentence contains it."""
        return self.name if self.name == _REGION else quoted(self.name)

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the undecided rules, sorted."""
        return tuple(sorted({skip.rule.id for skip in self.skips if skip.rule}))

    @property
    def files(self) -> tuple[str, ...]:
        """The files with undecided checks, in their order."""
        return tuple(dict.fromkeys(skip.file for skip in self.skips))

    def __str__(self) -> str:
        rules, files = len(self.rules), len(self.files)
        waiting = f"{rules:,} rule{'s wait' if rules != 1 else ' waits'} for it"
        where = f" in {files:,} files" if files > 1 else ""
        if self.option:
            return f"state {self.what} (`{self.option}`): {waiting}{where}"
        how = f" ({self.advice})" if self.advice else ""
        return f"{self.what} is unknown{how}: {waiting}{where}"


def unknown_names(skips: Iterable[Skip]) -> tuple[UnknownName, ...]:
    """Return the unknown names of undecided checks, those that options set first.

    Of these, the names that the most checks depend on come first. A check that depends on several
    names counts for each of them.
    """
    found: dict[tuple[str, str, str], list[Skip]] = {}
    for skip in skips:
        if skip.reason is SkipReason.UNDECIDED:
            for key in dict.fromkeys(_names_in(skip)):
                found.setdefault(key, []).append(skip)
    names = [UnknownName(*key, tuple(waiting)) for key, waiting in found.items()]
    return tuple(sorted(names, key=lambda each: (not each.option, -len(each.skips))))


def undecided(skips: Iterable[Skip]) -> tuple[tuple[UnknownName, ...], tuple[Skip, ...]]:
    """Return the unknown names of undecided checks, and the checks that no such name explains.

    A rule that is not in force has nothing to decide, so its skips are left out.
    """
    found = [skip for skip in skips if skip.reason is not SkipReason.NOT_IN_FORCE]
    return unknown_names(found), tuple(skip for skip in found if not is_named(skip))


def is_named(skip: Skip) -> bool:
    """Return whether a skip depends on an unknown name."""
    return skip.reason is SkipReason.UNDECIDED and bool([*_names_in(skip)])


def _names_in(skip: Skip) -> Iterator[tuple[str, str, str]]:
    """Yield the unknown names of a skip: name, option and advice."""
    for parameter in skip.parameters:
        yield parameter.label, f"--param {parameter.name}=VALUE", ""
    about_region = "the Region is unknown" in skip.detail
    labels = _before_verb(skip.detail).split("`")[1::2]
    parameters = {parameter.label for parameter in skip.parameters}
    for label in labels:
        if label in _OPTIONS or (parameters and _mentions(label, parameters)):
            continue
        if _is_region(label):
            about_region = True
        else:
            yield _bare(label), "", _advice(label, skip.file)
    if about_region:
        yield _REGION, "--region REGION", ""


def _before_verb(detail: str) -> str:
    """Return the part of a clause that contains the unknown values, empty if there are none."""
    ends = [end for verb in _VERBS if (end := detail.find(verb)) >= 0]
    return detail[: min(ends)] if ends else ""


def _mentions(label: str, names: set[str]) -> bool:
    """Return whether the label of an unknown value contains one of some names as a whole."""
    if label.strip("${}<>() ") in names:
        return True
    from re import findall

    for word in findall(r"[\w.-]+", label):
        first, _, rest = word.partition(".")
        if word in names or f"{first}.{rest.partition('.')[0]}" in names:
            return True
    return False


def _is_region(label: str) -> bool:
    is_provider = label.startswith("provider.") and label.endswith(".region")
    return is_provider or label == "${AWS::Region}"


def _bare(label: str) -> str:
    """Return a label without the braces of an interpolation around it."""
    is_whole = label.startswith("${") and label.endswith("}") and label.count("${") == 1
    return label[2:-1] if is_whole else label


def _advice(label: str, file: str) -> str:
    """Return what gets the value; a plan is JSON, but a configuration may be too."""
    from re import match

    if file.endswith(".json") and not file.endswith(".tf.json"):
        return ""
    if label.startswith("!ImportValue"):
        return _CHECK_EXPORTS
    return _CHECK_PLAN if match(_OF_TERRAFORM, label) else ""
