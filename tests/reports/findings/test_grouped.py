"""The format `grouped`: findings below the name of their file."""

import re

from tests.support.reports import SITE, finding, report

from acmrules.reports.findings import grouped
from acmrules.reports.findings.layout import Layout
from acmrules.syntax.source import Source

OTHER = Source("other.tf", "x\n")


def test_findings_are_grouped_by_file():
    """A row has the line, the column, the rule and the message, which wraps."""
    found = finding(SITE, (3, 4)), finding(), finding(OTHER, (0, 1)), finding(source=None)
    assert grouped.render(report(*found), Layout(width=56)).splitlines() == [
        "infra/site.yaml",
        "    4:1  error[ACM301] first name has 66 octets; ACM",
        "         accepts 64",
        "  14:17  error[ACM301] first name has 66 octets; ACM",
        "         accepts 64",
        "",
        "other.tf",
        "  1:1  error[ACM301] first name has 66 octets; ACM",
        "       accepts 64",
        "",
        "Certificate",
        "  error[ACM301] first name has 66 octets; ACM accepts 64",
        "",
        "1 certificate request in 1 file: 4 errors",
    ]


def test_colors_are_optional():
    """Without its escape sequences, the colored report is the plain one."""
    colored = grouped.render(report(finding()), Layout(color=True))
    assert colored.startswith(
        "\x1b[1minfra/site.yaml\x1b[0m\n  14:17  \x1b[31merror[ACM301]\x1b[0m "
    )
    assert re.sub(r"\x1b\[\d+m", "", colored) == grouped.render(report(finding()))
