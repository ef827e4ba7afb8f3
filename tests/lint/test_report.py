"""What a report holds, before it is written in any format."""

from acmrules.lint.rule import Severity
from reports_shared import finding, report, skip


def test_a_report_counts_its_severities():
    """The worst decides the exit code."""
    some = report(finding(severity=Severity.NOTE), finding(severity=Severity.WARNING))
    assert [some.count(severity) for severity in Severity] == [1, 1, 0]
    assert some.worst() is Severity.WARNING
    assert report().worst() is None


def test_findings_and_skips_know_their_file():
    """Without a source there is none."""
    assert (finding().file, skip().file) == ("infra/site.yaml", "infra/site.yaml")
    assert finding(source=None).file == ""
    assert skip().__replace__(source=None).file == ""
