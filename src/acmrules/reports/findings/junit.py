"""A report as JUnit test results, in the XML of Ant's task.

A finding that fails the run is a failure. Any other finding, such as a note, is a passed test: its
text is the output of the suite, because the result of the tests must be that of the run.

Names of tests contain no lines, so that a build server recognizes a test after an edit above it.
Unprintable characters are escaped, because XML 1.0 does not allow some. The output is ASCII.
"""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.model.not_checked import PARAMETER
from acmrules.reports.findings.summary import one_line
from acmrules.reports.paths import relative
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.findings import Finding, Report, Skip
    from acmrules.syntax.source import InputError

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_NAMELESS = "request"


class _Case(Value):
    """A test: its name and, if it fails, the element with its type, its message and its lines."""

    name: str
    element: str = ""
    type: str = ""
    message: str = ""
    lines: tuple[str, ...] = ()


def render(report: Report, folder: str = "") -> str:
    """Return a suite for each file with problems; a run without any is one passed test."""
    suites: dict[str, list[_Case]] = {}
    for unreadable in report.unreadable:
        cases = suites.setdefault(relative(unreadable.name, folder), [])
        cases.append(_unreadable(unreadable))
    notes: dict[str, list[str]] = {}
    for finding, fails in zip(report.findings, report.failing(), strict=True):
        file = relative(finding.file, folder)
        suite = file or finding.address
        case = _finding(finding, file)
        if not fails:
            notes.setdefault(suite, []).extend(case.lines)
            case = _Case(case.name)
        suites.setdefault(suite, []).append(case)
    for entry in report.stale:
        notes.setdefault(relative(entry.baseline, folder), []).append(str(entry))
    for baseline in dict.fromkeys(relative(entry.baseline, folder) for entry in report.stale):
        suites.setdefault(baseline, []).append(_Case("stale entries do not fail the run"))
    unread: dict[str, list[str]] = {}
    for each in report.not_checked:
        if each.kind != PARAMETER:
            where = relative(each.file, folder)
            line = "" if each.is_about_file else f"{each.position}: "
            unread.setdefault(where, []).append(f"not checked: {line}{each}")
    for where, line in _undecided(report.skips, folder) if report.skips else ():
        unread.setdefault(where, []).append(line)
    for file, lines in unread.items():
        suites.setdefault(file, []).append(_Case("what is not checked does not fail the run"))
        notes[file] = notes.get(file, []) + lines
    if not suites:
        suites["acmrules"] = [_Case(one_line(report))]
    day = report.as_of.isoformat()
    text_lines = [
        line
        for number, (name, cases) in enumerate(suites.items())
        for line in _suite(number, _named(name), cases, day, notes.get(name, []))
    ]
    head = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    text = "\n".join([*head, *text_lines, "</testsuites>"]) + "\n"
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _finding(finding: Finding, file: str) -> _Case:
    rule = finding.rule
    where = f"{file}:{finding.position}: " if finding.location else ""
    first = f"{where}{finding.severity}: {finding.message}"
    advice = (f"help: {finding.help}",) if finding.help else ()
    lines = (first, *advice, f"docs: acmrules explain {rule.id}")
    name = " ".join(filter(None, (rule.id, rule.name, finding.address)))
    return _Case(name, "failure", rule.id, finding.message, lines)


def _undecided(skips: tuple[Skip, ...], folder: str) -> Iterator[tuple[str, str]]:
    """Yield each name that an option sets and that undecided checks wait for, with a file."""
    from acmrules.lint.unknowns import unknown_names

    for each in unknown_names(skips):
        if each.option:
            first = each.skips[0]
            yield relative(first.file, folder) or first.address, f"undecided: {each}"


def _unreadable(unreadable: InputError) -> _Case:
    fault = unreadable.fault
    if unreadable.is_warning:
        return _Case(f"could not be read, which does not fail the run: {fault}")
    return _Case("can be read", "error", "unreadable", fault, (str(unreadable),))


def _suite(number: int, name: str, cases: list[_Case], day: str, notes: list[str]) -> Iterator[str]:
    """Yield the lines of a suite; tests with the same name are numbered."""
    failures = sum(case.element == "failure" for case in cases)
    errors = sum(case.element == "error" for case in cases)
    yield (
        f'<testsuite id="{number}" package="acmrules" name="{name}" timestamp="{day}T00:00:00"'
        f' hostname="localhost" tests="{len(cases)}" failures="{failures}" errors="{errors}"'
        ' time="0">'
    )
    yield "<properties/>"
    times: dict[str, int] = {}
    for case in cases:
        times[case.name] = times.get(case.name, 0) + 1
        again = f" ({times[case.name]})" if times[case.name] > 1 else ""
        yield f'<testcase classname="{name}" name="{_escaped(case.name)}{again}" time="0">'
        if case.element:
            yield f'<{case.element} type="{case.type}" message="{_escaped(case.message)}">'
            yield from map(_escaped, case.lines)
            yield f"</{case.element}>"
        yield "</testcase>"
    out = "\n".join(map(_escaped, notes))
    yield f"<system-out>{out}</system-out>" if out else "<system-out/>"
    yield "<system-err/>"
    yield "</testsuite>"


def _named(name: str) -> str:
    """Return a name for an attribute that must not be blank."""
    return _escaped(name) if name.strip() else _NAMELESS


def _escaped(text: str) -> str:
    """Return text for XML; no line of it begins like a command of GitHub Actions."""
    escaped = printable(text).translate(_ESCAPES)
    return escaped.replace(":", "&#58;", 1) if escaped.lstrip().startswith("::") else escaped
