"""The format `github`: workflow commands."""

from hypothesis import given
from tests.support.reports import SITE, finding, not_checked, report, reports, skip

from acmrules.lint.findings import MissingParameter, StaleBaselineEntry
from acmrules.lint.rule import Severity
from acmrules.messages import printable
from acmrules.model.not_checked import whole_file
from acmrules.reports.findings import github
from acmrules.syntax.source import InputError, Position


def command_of(line):
    """Parse a command like the runner of GitHub Actions: name, properties, data."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, listed = head.partition(" ")
    pairs = [pair.split("=", 1) for pair in listed.strip().split(",")]
    return name, {key: unescaped(text, ":%3A", ",%2C") for key, text in pairs}, unescaped(data)


def unescaped(text, *more):
    for sign, *code in ("\r%0D", "\n%0A", *more, "%%25"):
        text = text.replace("".join(code), sign)
    return text


@given(reports())
def test_any_report_is_read_back(drawn):
    """Each finding is one command on one line, with its message and its help."""
    lines = github.render(drawn).removesuffix("\n").split("\n")
    assert not any("\r" in line for line in lines)
    commands = [command_of(line) for line in lines[:-1]]
    problems = len(drawn.findings) + len(drawn.unreadable)
    unread = [each for each in drawn.not_checked if each.kind != "parameter"]
    before_stale = problems + len(unread)
    assert len(commands) == before_stale + len({entry.baseline for entry in drawn.stale})
    for found, (name, properties, data) in zip(drawn.findings, commands, strict=False):
        assert name == {1: "notice", 2: "warning", 3: "error"}[found.severity]
        assert properties["title"] == f"{found.rule.id} {found.rule.name}"
        assert properties.get("file", "") == printable(found.file)
        advice = f"\nhelp: {printable(found.help)}" if found.help else ""
        assert data == printable(found.message) + advice
    for failed, (name, properties, data) in zip(
        drawn.unreadable, commands[len(drawn.findings) : problems], strict=True
    ):
        expected = "error", printable(failed.name), printable(failed.fault)
        assert (name, properties["file"], data) == expected
    for each, (name, properties, data) in zip(unread, commands[problems:before_stale], strict=True):
        level = "warning" if each.kind == "file" else "notice"
        assert (name, properties["file"], data) == (level, printable(each.file), str(each))
    for name, properties, data in commands[before_stale:]:
        own = [
            str(entry) for entry in drawn.stale if printable(entry.baseline) == properties["file"]
        ]
        assert (name, data.split("\n")) == ("notice", [*own, "help: acmrules baseline --prune"])
    assert not lines[-1].startswith("::")


def test_a_finding_is_an_annotation_at_its_span():
    """The help is on a second line."""
    shown = github.render(report(finding(help="swap the names"), skips=(skip(),)))
    assert shown == (
        "::error file=infra/site.yaml,line=14,endLine=14,col=17,endColumn=83,"
        "title=ACM301 common-name-too-long::first name has 66 octets; ACM accepts 64"
        "%0Ahelp: swap the names\n"
        "1 certificate request in 1 file: 1 error;"
        " 1 check skipped for lack of information (--show-undecided lists it)\n"
    )


def test_a_span_of_several_lines_has_no_columns():
    """GitHub accepts columns only within one line."""
    [line, _] = github.render(report(finding(SITE, (0, 5)))).splitlines()
    _, properties, _ = command_of(line)
    assert (properties["line"], properties["endLine"]) == ("1", "6")
    assert not properties.keys() & {"col", "endColumn"}


def test_a_command_without_a_location_has_no_line():
    """A finding without a source has no file, and some unreadable files have no line."""
    errors = (InputError("a", "is binary"), InputError("b", "is cut off", Position(3, 4)))
    shown = github.render(
        report(finding(source=None, severity=Severity.NOTE), unreadable=errors)
    ).splitlines()
    assert shown[0].startswith("::notice title=ACM301 common-name-too-long::first")
    assert shown[1] == "::error file=a,title=could not be read::is binary"
    assert shown[2] == "::error file=b,line=3,col=4,title=could not be read::is cut off"


def test_what_was_not_checked_is_a_notice():
    """The answer for a named file is a warning, and parameters are only counted."""
    unread = (not_checked(), not_checked("file", whole_file("a.json")), not_checked("parameter"))
    first, second, last = github.render(report(not_checked=unread)).splitlines()
    assert first == (
        "::notice file=infra/site.yaml,line=1,endLine=2,title=not checked::"
        "module `acm` calls `x`: check the plan"
    )
    assert second.startswith("::warning file=a.json,title=not checked::")
    assert "not checked: 1 remote module, 1 file, 1 parameter" in last


def test_stale_entries_are_one_notice_for_each_baseline():
    """The notice lists the first entries and counts the others."""
    entries = [
        StaleBaselineEntry("a.yaml", "ACM301", "C", f"{n}.io", n % 2 + 1, "x.json")
        for n in range(12)
    ]
    other = StaleBaselineEntry("b.yaml", "ACM101", "", "a\x1b.io", 1, "infra/x.json")
    first, second, _ = github.render(report(stale=(*entries, other))).splitlines()
    assert first.startswith(
        "::notice file=x.json,title=stale in the baseline::"
        "ACM301 C `0.io` in a.yaml: no longer found"
        "%0AACM301 C `1.io` in a.yaml, 2 times: no longer found%0A"
    )
    assert first.endswith("%0Aand 2 more%0Ahelp: acmrules baseline --prune")
    assert second == (
        "::notice file=infra/x.json,title=stale in the baseline::"
        "ACM101 `a\\x1b.io` in b.yaml: no longer found%0Ahelp: acmrules baseline --prune"
    )


def test_control_characters_in_names_of_files_are_escaped():
    """They do not reach the log of the runner."""
    failed = (InputError("\x1b[31m,b.yaml", "is binary"),)
    shown = github.render(report(unreadable=failed))
    assert shown.startswith("::error file=\\x1b[31m%2Cb.yaml,title=could not be read::is binary")


def test_the_names_that_options_set_are_one_notice():
    """The summary counts the others."""
    skips = (
        skip("ACM101", "`${var.domain}` is unknown").__replace__(
            parameters=(MissingParameter("domain", "var.domain"),)
        ),
        skip("ACM501", "the Region is unknown; pass `--region`"),
        skip("ACM105"),
    )
    notice, summary = github.render(report(skips=skips)).splitlines()
    assert notice == (
        "::notice file=infra/site.yaml,line=1,endLine=2,title=undecided::"
        "state `var.domain` (`--param domain=VALUE`): 1 rule waits for it"
        "%0Astate the Region (`--region REGION`): 1 rule waits for it"
    )
    assert "3 checks skipped" in summary
    assert github.render(report(skips=(skip(),))).count("::notice") == 0
