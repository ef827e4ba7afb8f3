"""The report of the coverage of all files, as text and as data."""

from tests.support.linked_stacks import (
    alias,
    apart,
    certificate,
    distribution,
    listener,
    read,
    stack,
)

from acmrules.analysis.coverage import CoverageReport, coverage_of_files
from acmrules.model.inventory import take_inventory
from acmrules.readers.options import ReadScope
from acmrules.reports import coverage as report


def of(files):
    return coverage_of_files(take_inventory(read(files, scope=ReadScope.EVERYTHING)))


def everything():
    """Return files with entries for every section."""
    files = apart(["*.b.io", "x.io"], [["www.b.io", "b.io", "a.c.b.io", "bad_.io"]])
    files["dns.json"] = stack({"Mail": alias("mail.b.io", "x.example.net")})
    return files


def test_sections():
    """The summary comes first, then the sections; covered hosts are only counted."""
    assert report.lines(of(everything())) == [
        "5 hosts, 1 covered, 2 not covered, 1 not decided, 1 certificate elsewhere",
        "",
        "hosts that no certificate covers:",
        (
            "  site-0.json:1  b.io      Site0 (cloudfront); the nearest name is *.b.io of"
            " Certificate: a wildcard does not cover its own parent"
        ),
        (
            "  site-0.json:1  a.c.b.io  Site0 (cloudfront); the nearest name is *.b.io of"
            " Certificate: a wildcard covers only one label below its parent;"
            " *.c.b.io would cover it"
        ),
        "",
        "hosts that may or may not be covered:",
        "  site-0.json:1  bad_.io  Site0 (cloudfront); it is not a valid domain name",
        "",
        "hosts whose certificate is not in these files:",
        "  dns.json:1  mail.b.io  a record points to x.example.net",
        "",
        "names that no host in these files needs:",
        "  certificate.json:1  x.io  of Certificate; hosts outside of these files may need it",
    ]


def test_empty_sections():
    """Empty sections and summaries are omitted."""
    assert report.lines(CoverageReport((), ())) == []
    assert report.lines(of({"a.json": stack({"Certificate": certificate("b.io")})})) == [
        "certificates that nothing in these files uses:",
        "  a.json:1  Certificate",
    ]
    site = distribution("b.io", arn={"Ref": "Certificate"})
    found = of({"a.json": stack({"Certificate": certificate("b.io", "c.io"), "Site": site})})
    assert report.lines(found)[0] == "1 host, 1 covered"
    assert report.lines(found)[-1] == "  a.json:1  c.io  of Certificate"


def test_a_certificate_without_known_names():
    """A certificate without known names has no nearest name."""
    resources = {
        "Certificate": certificate({"Fn::Sub": "${X}.com"}),
        "Site": distribution("a.io", arn={"Ref": "Certificate"}),
    }
    found = of({"a.json": stack(resources, Parameters={"X": {}})})
    [line] = [line for line in report.lines(found) if "a.io" in line]
    assert line.endswith("a.io  Site (cloudfront); no name of Certificate can cover it")


def test_several_certificates_are_named():
    """An uncovered host is listed with all its certificates."""
    resources = {
        "One": certificate("one.io"),
        "Two": certificate("two.io"),
        "Listener": listener({"Ref": "One"}, {"Ref": "Two"}),
        "Record": alias("three.io", {"Fn::GetAtt": ["Balancer", "DNSName"]}),
    }
    text = "\n".join(report.lines(of({"a.json": stack(resources)})))
    assert "the nearest name is one.io of One, Two: it is a different name" in text


def test_control_characters_stay_in_their_line():
    """Control characters are escaped, and long names do not widen their column."""
    long = "l" * 80
    records = {
        "Bell": alias("a.io", "x\x1b[31m\n.example.net"),
        "Long": alias(f"{long}.io", "y.example.net"),
    }
    lines = report.lines(of({"a\x07.json": stack(records)}))
    assert all(line.isprintable() for line in lines)
    assert lines[3] == "  a\\x07.json:1  a.io  a record points to x\\x1b[31m\\n.example.net"
    assert lines[4].endswith(f"{long}.io  a record points to y.example.net")


def test_data():
    """The data has every member, with lines and columns."""
    data = report.as_data(of(everything()))
    missed, host = data["hosts"][2], data["hosts"][0]
    assert (host["host"], host["verdict"], host["file"]) == (
        *("mail.b.io", "certificate elsewhere"),
        "dns.json",
    )
    assert missed == {
        "host": "b.io",
        "covered": False,
        "verdict": "not covered",
        "by": None,
        "nearest": "*.b.io",
        "reason": "a wildcard does not cover its own parent",
        "remark": None,
        "name_to_add": "b.io",
        "certificates": [{"file": "certificate.json", "address": "Certificate"}],
        "consumer": "Site0",
        "service": "cloudfront",
        "file": "site-0.json",
        "line": 1,
        "column": missed["column"],
        "condition": "",
    }
    assert data["unserved"] == [
        {
            "name": "x.io",
            "certificate": "Certificate",
            "file": "certificate.json",
            "line": 1,
            "column": data["unserved"][0]["column"],
            "sure": False,
            "condition": "",
        }
    ]
    alone = report.as_data(of({"a.json": stack({"Certificate": certificate("b.io")})}))
    assert (alone["hosts"], alone["unserved"][0]["name"]) == ([], None)
