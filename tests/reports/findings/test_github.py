"""The report as workflow commands."""

from hypothesis import given
from tests.support.reports import SITE, finding, report, reports, skip

from acmrules.lint.findings import StaleBaselineEntry
from acmrules.lint.rule import Fix, Severity
from acmrules.messages import printable
from acmrules.reports.findings import github
from acmrules.syntax.source import InputError, Position


def command_of(line):
    """Read a command as the runner of GitHub Actions does: name, properties, data."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, told = head.partition(" ")
    pairs = [pair.split("=", 1) for pair in told.strip().split(",")]
    return name, {key: unescaped(text, ":%3A", ",%2C") for key, text in pairs}, unescaped(data)


def unescaped(text, *more):
    for sign, *code in ("\r%0D", "\n%0A", *more, "%%25"):
        text = text.replace("".join(code), sign)
    return text


@given(reports())
def test_any_report_is_read_back(drawn):
    """A command a finding, on a line of its own, with everything that was said in it."""
    lines = github.render(drawn).removesuffix("\n").split("\n")
    assert not any("\r" in line for line in lines)
    commands = [command_of(line) for line in lines[:-1]]
    told = len(drawn.findings) + len(drawn.unreadable)
    assert len(commands) == told + len({entry.baseline for entry in drawn.stale})
    for found, (name, properties, data) in zip(drawn.findings, commands, strict=False):
        assert name == {1: "notice", 2: "warning", 3: "error"}[found.severity]
        assert properties["title"] == f"{found.rule.id} {found.rule.name}"
        assert properties.get("file", "") == printable(found.file)
        fix = f"\nfix: {found.fix.description}" if found.fix else ""
        assert data == found.message + fix
    for failed, (name, properties, data) in zip(
        drawn.unreadable, commands[len(drawn.findings) : told], strict=True
    ):
        assert (name, properties["file"], data) == ("error", printable(failed.name), failed.fault)
    for name, properties, data in commands[told:]:
        own = [
            str(entry) for entry in drawn.stale if printable(entry.baseline) == properties["file"]
        ]
        assert (name, data.split("\n")) == ("notice", [*own, "fix: acmrules baseline --prune"])
    assert not lines[-1].startswith("::")


def test_a_finding_is_an_annotation_at_its_span():
    """The way out stands on a second line."""
    shown = github.render(report(finding(fix=Fix("swap the names")), skips=(skip(),)))
    assert shown == (
        "::error file=infra/site.yaml,line=14,endLine=14,col=17,endColumn=83,"
        "title=ACM301 common-name-too-long::first name has 66 octets; ACM accepts 64"
        "%0Afix: swap the names\n"
        "1 certificate request in 1 file: 1 error; 1 check undecided (--show-undecided)\n"
    )


def test_a_span_of_several_lines_has_no_columns():
    """GitHub takes them within one line only."""
    where = SITE.range(0, 5)
    [line, _] = github.render(report(finding(range=where))).splitlines()
    _, properties, _ = command_of(line)
    assert (properties["line"], properties["endLine"]) == ("1", "6")
    assert not properties.keys() & {"col", "endColumn"}


def test_what_has_no_place_has_no_file():
    """A finding of a program, and a file that cannot be read at no line of it."""
    errors = (InputError("a", "is binary"), InputError("b", "is cut off", Position(3, 4)))
    shown = github.render(
        report(finding(source=None, severity=Severity.NOTE), unreadable=errors)
    ).splitlines()
    assert shown[0].startswith("::notice title=ACM301 common-name-too-long::first")
    assert shown[1] == "::error file=a,title=could not be read::is binary"
    assert shown[2] == "::error file=b,line=3,col=4,title=could not be read::is cut off"


def test_what_is_stale_is_one_notice_for_each_baseline():
    """GitHub shows ten of a step: the first entries stand in it, the others are counted."""
    entries = [
        StaleBaselineEntry("a.yaml", "ACM301", "C", f"{n}.io", n % 2 + 1, "x.json")
        for n in range(12)
    ]
    other = StaleBaselineEntry("b.yaml", "ACM101", "", "a\x1b.io", 1, "infra/x.json")
    first, second, _ = github.render(report(stale=(*entries, other))).splitlines()
    assert first.startswith(
        "::notice file=x.json,title=stale in the baseline::ACM301 C `0.io` in a.yaml: found no more"
        "%0AACM301 C `1.io` in a.yaml, 2 times: found no more%0A"
    )
    assert first.endswith("%0Aand 2 more%0Afix: acmrules baseline --prune")
    assert second == (
        "::notice file=infra/x.json,title=stale in the baseline::"
        "ACM101 `a\\x1b.io` in b.yaml: found no more%0Afix: acmrules baseline --prune"
    )


def test_no_file_speaks_to_the_terminal():
    """What its name does there is escaped; what GitHub has for it is told all the same."""
    failed = (InputError("\x1b[31m,b.yaml", "is binary"),)
    shown = github.render(report(unreadable=failed))
    assert shown.startswith("::error file=\\x1b[31m%2Cb.yaml,title=could not be read::is binary")
