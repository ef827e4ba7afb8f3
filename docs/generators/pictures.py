"""The pictures, and the pages about them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

from acmrules.analysis.calendar import LAST_TURN, calendar
from acmrules.analysis.coverage_tree import coverage, questions
from acmrules.analysis.diagnoses import certificates_in
from acmrules.analysis.inventory.report import inventory_report
from acmrules.analysis.region_map import RegionMap
from acmrules.analysis.region_map import region_map as regions_of
from acmrules.diagnosis import diagnose_all
from acmrules.facts.fact import CHECKED
from acmrules.lint.forecast import forecast
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rules import CATALOGUE
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.reports import calendar_picture, region_map, svg, timeline
from acmrules.reports import coverage_tree as trees
from acmrules.reports import forecast as tables
from acmrules.reports.findings import text as findings
from acmrules.reports.findings.layout import Layout
from acmrules.reports.inventory import pictures as accounts
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import Source
from generators import stages

FOLDER = Path(__file__).parents[1]

UNTIL = date(2029, 4, 1)
"""The last date of the example of a forecast."""

SITE = (FOLDER / "examples" / "email" / "site.yaml").read_text("utf-8")
"""A template whose certificate is validated by email."""

FORECAST_PAGE = """\
# Forecast

`acmrules check --until DATE` shows which findings will begin, change or end by a date, so that you
can fix them in time. The severity of some rules changes on known dates, and imported certificates
expire.

For example, take this template, [`docs/examples/email/site.yaml`]({address}):

```yaml
{site}```

On {as_of}, `acmrules check site.yaml --region us-east-1 --until {until}` prints its report
and then this forecast:

```text
{table}```

| part | content |
| --- | --- |
| first line | date, severity before and after, rule, and location |
| second line | message on that date |
| third line | source of the change |

acmrules checks the files as of today, and again on each date on which a rule, a fact or a
certificate changes. The exit code is that of today's findings.

`--format json` adds the forecast to the report ([JSON output](json.md)). `--format svg` draws a
picture in light or dark colors. Findings that change are at the top, soonest first. If there are
many findings, those of one rule with the same dates share a bar. This is the forecast above:

[![{title}](pictures/forecast.svg)](pictures/forecast.svg)
"""


START = Path("examples", "start", "bad.yaml")
ANSI = {"31": "alarm", "33": "amber", "36": "good", "2": "quiet"}
"""The color in a picture for each color of a terminal."""


def finding_picture() -> str:
    """Return a picture of a terminal: the report on the first example, in its colors."""
    source = Source(f"docs/{START}", (FOLDER / START).read_text("utf-8"))
    declarations = registry.read(source, Parameters({}, "us-east-1"))
    report = check_declarations(declarations, Linter(as_of=CHECKED))
    shown = findings.render(report.__replace__(files=1), Layout(color=True)).rstrip("\n")
    lines = [f"$ acmrules check docs/{START}", *shown.split("\n")]
    width = max(len(re.sub(r"\x1b\[\d*m", "", line)) for line in lines)
    body: list[str] = []
    for row, line in enumerate(lines):
        column, color = 0, "ink"
        # Some viewers collapse blanks, so a word is drawn at its column.
        for part in re.split(r"(\x1b\[\d*m|  +)", line):
            if part.startswith("\x1b"):
                color = ANSI.get(part[2:-1], "ink")
                continue
            if words := part.strip():
                x = MARGIN + svg.width_of(" " * (column + len(part) - len(part.lstrip())))
                body.append(svg.text(x, MARGIN + LINE * (row + 0.7), words, color=color))
            column += len(part)
    size = 2 * MARGIN + svg.width_of(" " * width), 2 * MARGIN + LINE * len(lines)
    said = "\n".join(
        f"{each.severity}: {each.message} ({each.rule.id}, at {each.location.position})"
        for each in report.findings
        if each.location
    )
    return svg.drawing(*size, "A report of acmrules on a CloudFormation template", body, said)


MARGIN = 16
LINE = 18
"""Pixels around a picture of a terminal, and of its lines."""


def pages() -> dict[str, str]:
    """Return the pages that show pictures, and the pictures."""
    declarations = registry.read(Source("site.yaml", SITE), Parameters({}, "us-east-1"))
    ahead = forecast(
        declarations,
        lambda day: check_declarations(declarations, Linter(as_of=day)).findings,
        CATALOGUE,
        as_of=CHECKED,
        until=UNTIL,
    )
    shown = [
        coverage(question, default_suffixes())
        for each in declarations
        for question in questions(each)
    ]
    return {
        "pages/forecast.md": FORECAST_PAGE.format(
            site=SITE,
            until=UNTIL,
            as_of=CHECKED,
            table=tables.render(ahead),
            title=f"Four findings in site.yaml until {UNTIL}: ACM402 is a warning until 2028-03-14,"
            " and an error from then on",
            address="https://github.com/acmrules/acmrules/blob/main/docs/examples/email/site.yaml",
        ),
        "pages/pictures/finding.svg": finding_picture(),
        "pages/pictures/forecast.svg": timeline.render(ahead),
        "pages/pictures/coverage.svg": trees.picture(shown),
        "pages/pictures/inventory.svg": inventory_picture(),
        "pages/pictures/calendar.svg": calendar_picture.render(
            calendar(take_inventory(declarations), CHECKED, LAST_TURN)
        ),
        "pages/pictures/regions.svg": region_map.render(regions()),
        "pages/pictures/stages.svg": stages.figure(),
    }


def regions() -> RegionMap:
    """Return the Regions of the certificates in the example, and of their consumers."""
    text = (FOLDER / REGIONS).read_text("utf-8")
    return regions_of(take_inventory(registry.read(Source(REGIONS.name, text))))


REGIONS = Path("examples", "regions", "main.tf")
"""A configuration with two Regions, and a distribution whose certificate is in the wrong one."""


def inventory_picture() -> str:
    """Return the pictures of the account in the examples."""
    text = (FOLDER / ACCOUNT).read_text("utf-8")
    inventory = take_inventory(registry.read(Source(str(ACCOUNT), text)))
    as_of = datetime(2026, 11, 30, tzinfo=UTC)
    report = inventory_report(
        inventory.account,
        diagnose_all(certificates_in(inventory), inventory.account.dns, as_of=as_of),
        as_of,
        default_suffixes(),
    )
    return accounts.render(report)


ACCOUNT = Path("examples", "inventory", "account.json")
