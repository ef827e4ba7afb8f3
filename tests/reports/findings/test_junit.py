"""The format `junit`: test results."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml
from tests.support.reports import finding, not_checked, report, reports, skip
from xmlschema import XMLSchema

from acmrules.lint.findings import StaleBaselineEntry
from acmrules.lint.rule import Severity
from acmrules.messages import printable
from acmrules.model.not_checked import PARAMETER
from acmrules.reports.findings import junit
from acmrules.reports.paths import relative
from acmrules.syntax.source import InputError, Position

ANT = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="name">
    <xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction>
  </xs:simpleType>
  <xs:complexType name="said">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="message" type="xs:string"/>
        <xs:attribute name="type" type="xs:string" use="required"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="case">
    <xs:choice minOccurs="0">
      <xs:element name="error" type="said"/>
      <xs:element name="failure" type="said"/>
    </xs:choice>
    <xs:attribute name="name" type="xs:token" use="required"/>
    <xs:attribute name="classname" type="xs:token" use="required"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/>
  </xs:complexType>
  <xs:complexType name="suite">
    <xs:sequence>
      <xs:element name="properties"><xs:complexType/></xs:element>
      <xs:element name="testcase" type="case" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="system-out" type="xs:string"/>
      <xs:element name="system-err" type="xs:string"/>
    </xs:sequence>
    <xs:attribute name="id" type="xs:int" use="required"/>
    <xs:attribute name="package" type="xs:token" use="required"/>
    <xs:attribute name="name" type="name" use="required"/>
    <xs:attribute name="timestamp" type="xs:dateTime" use="required"/>
    <xs:attribute name="hostname" type="name" use="required"/>
    <xs:attribute name="tests" type="xs:int" use="required"/>
    <xs:attribute name="failures" type="xs:int" use="required"/>
    <xs:attribute name="errors" type="xs:int" use="required"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/>
  </xs:complexType>
  <xs:element name="testsuites">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""
"""The schema of Ant's test reports, for the elements that acmrules writes."""

SCHEMA = XMLSchema(io.StringIO(ANT))


def suites_of(drawn):
    """Return the suites of a report, read back."""
    shown = junit.render(drawn)
    assert shown.isascii()
    SCHEMA.validate(io.StringIO(shown))
    return list(JUnitXml.fromstring(shown.encode()))


def printed_by(suite):
    """Return the output of the tests of a suite."""
    return suite._elem.find("system-out").text or ""


@given(reports(), st.sampled_from(Severity))
def test_any_report_is_valid_and_can_be_read(drawn, bar):
    """A finding is a failure if it fails the run, and no two tests of a suite have one name."""
    bars = tuple((file, bar) for file in {each.file for each in drawn.findings})
    drawn = drawn.__replace__(fail_on=bars)
    suites = suites_of(drawn)
    cases = [case for suite in suites for case in suite]
    baselines = {relative(entry.baseline) for entry in drawn.stale}
    passed = [case for case in cases if case.name.startswith("stale entries")]
    assert len(passed) == len(baselines)
    printed = "\n".join(map(printed_by, suites))
    assert all(printable(str(entry)) in printed for entry in drawn.stale)
    unread = [each for each in drawn.not_checked if each.kind != PARAMETER]
    assert all(printable(str(entry)) in printed for entry in unread)
    results = [result for case in cases for result in case.result]
    failures = [result for result in results if isinstance(result, Failure)]
    errors = [result for result in results if isinstance(result, Error)]
    assert sorted(f.message for f in failures) == sorted(
        printable(f.message) for f in drawn.findings if f.severity >= bar
    )
    assert len(cases) >= len(drawn.findings) + len(drawn.unreadable)
    lenient = [each for each in drawn.findings if each.severity < bar]
    assert all(printable(f"{each.severity}: {each.message}") in printed for each in lenient)
    assert sorted(e.message for e in errors) == sorted(printable(u.fault) for u in drawn.unreadable)
    for suite in suites:
        assert (suite.tests, suite.failures + suite.errors) == (
            len(list(suite)),
            sum(bool(case.result) for case in suite),
        )
    for failure in failures:
        assert failure.message in failure.text


def test_a_finding_is_a_failure_of_its_file():
    """Its name contains the rule and the resource, its text the location and the help."""
    [suite] = suites_of(report(finding(help="swap"), finding()))
    assert (suite.name, suite.tests, suite.failures, suite.errors) == ("infra/site.yaml", 2, 2, 0)
    first, second = suite
    assert first.classname == "infra/site.yaml"
    assert first.name == "ACM301 common-name-too-long Certificate"
    assert second.name == "ACM301 common-name-too-long Certificate (2)"
    [failure] = first.result
    assert (failure.type, failure.message) == ("ACM301", finding().message)
    assert failure.text.strip().splitlines() == [
        "infra/site.yaml:14:17: error: first name has 66 octets; ACM accepts 64",
        "help: swap",
        "docs: acmrules explain ACM301",
    ]


@pytest.mark.parametrize("severity", [Severity.NOTE, Severity.WARNING])
def test_a_finding_that_does_not_fail_the_run_is_a_passed_test(severity):
    """Its text is the output of the suite; `--fail-on` makes it a failure."""
    found = report(finding(severity=severity, help="swap"))
    [suite] = suites_of(found)
    [case] = suite
    assert (suite.tests, suite.failures, case.is_passed) == (1, 0, True)
    assert printed_by(suite).splitlines() == [
        f"infra/site.yaml:14:17: {severity}: first name has 66 octets; ACM accepts 64",
        "help: swap",
        "docs: acmrules explain ACM301",
    ]
    [suite] = suites_of(found.__replace__(fail_on=(("infra/site.yaml", severity),)))
    assert suite.failures == 1


@pytest.mark.parametrize(
    ("address", "name"), [("Certificate", "Certificate"), ("", "request"), (" ", "request")]
)
def test_the_suite_of_a_finding_without_a_source_is_its_resource(address, name):
    """A suite without a name is called `request`."""
    [suite] = suites_of(report(finding(source=None, address=address)))
    assert suite.name == name
    [[failure]] = [case.result for case in suite]
    assert failure.text.strip().startswith("error: first name")


def test_a_file_that_cannot_be_read_is_an_error():
    """It is in the suite of its file."""
    errors = (InputError("infra/site.yaml", "is cut off", Position(3, 4)),)
    [suite] = suites_of(report(finding(), unreadable=errors))
    assert (suite.tests, suite.failures, suite.errors) == (2, 1, 1)
    [error] = next(iter(suite)).result
    assert (error.type, error.message) == ("unreadable", "is cut off")
    assert error.text.strip() == "infra/site.yaml:3:4: is cut off"


def test_a_report_without_findings_is_one_passed_test():
    """Some build servers report an error if there are no tests."""
    [suite] = suites_of(report())
    [case] = suite
    assert (suite.name, case.is_passed) == ("acmrules", True)
    assert case.name == "1 certificate request in 1 file: nothing found"


def test_what_was_not_checked_is_the_output_of_a_passed_test():
    """The suite is that of the file."""
    [suite] = suites_of(report(not_checked=(not_checked(), not_checked("file"))))
    [case] = suite
    assert (suite.name, case.is_passed) == ("infra/site.yaml", True)
    assert (
        printed_by(suite).splitlines()
        == [
            "not checked: 1:1: module `acm` calls `x`: check the plan",
        ]
        * 2
    )


def test_stale_entries_are_the_output_of_a_passed_test():
    """The suite is that of the baseline."""
    stale = [
        StaleBaselineEntry("a.yaml", "ACM301", "C", f"<{n}>.io", 1, "x.json") for n in range(2)
    ]
    first, second = suites_of(report(finding(), stale=tuple(stale)))
    [case] = second
    assert (second.name, case.is_passed, printed_by(first)) == ("x.json", True, "")
    assert printed_by(second).splitlines() == [
        "ACM301 C `<0>.io` in a.yaml: no longer found",
        "ACM301 C `<1>.io` in a.yaml: no longer found",
    ]


def test_a_name_that_an_option_sets_is_printed():
    """Undecided checks do not fail the run."""
    region = skip("ACM501", "the Region is unknown; pass `--region`")
    [suite] = suites_of(report(skips=(region, skip())))
    assert [case.result for case in suite] == [[]]
    said = "undecided: state the Region (`--region REGION`): 1 rule waits for it"
    assert printed_by(suite) == said
