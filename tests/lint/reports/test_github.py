"""The report as workflow commands."""

from hypothesis import given

from acmrules.lint.reports import github
from acmrules.lint.rule import Fix, Severity
from acmrules.lint.source import Position, Unreadable
from reports_shared import SITE, finding, report, reports, skip


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
    assert len(commands) == len(drawn.findings) + len(drawn.unreadable)
    for found, (name, properties, data) in zip(drawn.findings, commands, strict=False):
        assert name == {1: "notice", 2: "warning", 3: "error"}[found.severity]
        assert properties["title"] == f"{found.rule.id} {found.rule.name}"
        assert properties.get("file", "") == found.file
        fix = f"\nfix: {found.fix.description}" if found.fix else ""
        assert data == found.message + fix
    for failed, (name, properties, data) in zip(
        drawn.unreadable, commands[len(drawn.findings) :], strict=True
    ):
        assert (name, properties["file"], data) == ("error", failed.name, failed.fault)
    assert not lines[-1].startswith("::")


def test_a_finding_is_an_annotation_at_its_span():
    """The way out stands on a second line."""
    shown = github.render(report(finding(fix=Fix("swap the names")), skips=(skip(),)))
    assert shown == (
        "::error file=infra/site.yaml,line=14,endLine=14,col=17,endColumn=83,"
        "title=ACM301 common-name-too-long::first name has 66 octets; ACM accepts 64"
        "%0Afix: swap the names\n"
        "1 certificate request in 1 file: 1 error; 1 check undecided (--show-skips)\n"
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
    errors = (Unreadable("a", "is binary"), Unreadable("b", "is cut off", Position(3, 4)))
    shown = github.render(
        report(finding(source=None, severity=Severity.NOTE), unreadable=errors)
    ).splitlines()
    assert shown[0].startswith("::notice title=ACM301 common-name-too-long::first")
    assert shown[1] == "::error file=a,title=could not be read::is binary"
    assert shown[2] == "::error file=b,line=3,col=4,title=could not be read::is cut off"
