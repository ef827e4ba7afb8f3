"""The content of a report, before it is printed in any format."""

from tests.support.reports import finding, report, skip

from acmrules.lint.findings import RelatedLocation
from acmrules.lint.rule import Severity
from acmrules.model.placed import Location
from acmrules.syntax.source import Source


def test_a_report_counts_its_severities():
    """The worst severity decides the exit code."""
    some = report(finding(severity=Severity.NOTE), finding(severity=Severity.WARNING))
    assert [some.count(severity) for severity in Severity] == [1, 1, 0]
    assert some.worst() is Severity.WARNING
    assert report().worst() is None


def test_findings_and_skips_know_their_file():
    """Without a source, the file name is empty."""
    assert (finding().file, skip().file) == ("infra/site.yaml", "infra/site.yaml")
    assert finding(source=None).file == ""
    assert skip().__replace__(location=None).file == ""


def test_a_related_location_may_be_in_another_file():
    """A variable can be declared in one file and used in another."""
    location = Location(Source("infra/variables.tf", ""), 0, 0)
    there = RelatedLocation(location, "default of variable `name`")
    assert (there.file, str(there.position)) == ("infra/variables.tf", "1:1")
    nowhere = RelatedLocation(None, "nowhere")
    assert (nowhere.file, nowhere.position, nowhere.range) == ("", None, None)
