"""The formats, and their examples in `docs/pages/reports.md`.

`python tests/update.py reports` rewrites the examples.
"""

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import finding, report
from tests.support.reports import reports as drawn_reports

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.readers import registry
from acmrules.reports import findings
from acmrules.reports.findings.layout import Layout
from acmrules.reports.paths import LinkBase
from acmrules.syntax.source import Source

SHOWN = (*findings.LAID_OUT, *findings.ROOTED)
"""The formats with an example; that of `json` is in `docs/pages/json.md`."""

GUIDE = Path(__file__).parents[2] / "docs" / "pages" / "reports.md"
ELSEWHERE = Source("/srv/checkout/infra/site.yaml", "x" * 999)


@pytest.mark.parametrize("form", findings.FORMATS)
def test_every_format_renders_with_its_own_module(form):
    """The module of a format has its name, and reports the finding."""
    shown = findings.render(report(finding()), form, "/work")
    assert "ACM301" in shown
    assert shown.endswith("\n")
    assert sys.modules[findings.FORMATS[form]].__name__.endswith(f".{form}")


@pytest.mark.parametrize("form", findings.ROOTED)
def test_paths_are_relative_to_the_folder(form):
    """Programs that read the report look for files below the folder."""
    shown = findings.render(report(finding(ELSEWHERE, (0, 1))), form, "/srv/checkout")
    assert "infra/site.yaml" in shown
    assert "/srv/checkout/infra" not in shown


@given(drawn_reports())
def test_rendering_is_deterministic(drawn):
    """In each format, any report renders to the same text each time."""
    for form in findings.FORMATS:
        assert findings.render(drawn, form) == findings.render(drawn, form), form


ESCAPES = re.compile(r"\x1b\[\d+m|\x1b\]8;;[!-\[\]-~]*\x1b\\")
"""Sequences of colors and hyperlinks, whose URLs are printable ASCII without spaces."""


@given(drawn_reports(), st.sampled_from(findings.LAID_OUT), st.integers(20, 120))
def test_colors_and_links_change_no_text(drawn, form, width):
    """Without their sequences, a report is the same, and no name or value controls a terminal."""
    plain = Layout(width, 24)
    decorated = plain.__replace__(color=True, links=LinkBase("harbor", "/srv/a b"))
    shown = findings.render(drawn, form, "", decorated)
    bare = ESCAPES.sub("", shown)
    assert bare == findings.render(drawn, form, "", plain)
    assert all(line.isprintable() for line in bare.split("\n"))
    for sequence in ESCAPES.findall(shown):
        assert sequence.startswith(("\x1b[", "\x1b]8;;file://harbor/", "\x1b]8;;https://")) or (
            sequence == "\x1b]8;;\x1b\\"
        )


@given(drawn_reports(), st.sampled_from(findings.LAID_OUT))
def test_a_quiet_report_is_the_beginning_of_the_whole_one(drawn, form):
    """It has the findings, and no summary; without findings, it is empty."""
    quiet = findings.render(drawn, form, "", Layout(is_quiet=True))
    assert findings.render(drawn, form, "", Layout()).startswith(quiet)
    assert bool(quiet) is bool(drawn.findings)


def example(form):
    """Return the example of a format in `docs/pages/reports.md`."""
    source = Source("infra/names.txt", "brightharbor.io\nWWW.brightharbor.io\n")
    shown = findings.render(
        check_declarations(registry.read(source), Linter()).__replace__(files=1), form
    )
    if form != "sarif":
        return shown
    [run] = json.loads(shown)["runs"]
    return json.dumps(run["results"][0], indent=2) + "\n"


@pytest.mark.parametrize("form", SHOWN)
def test_the_examples_are_true(form):
    """`docs/pages/reports.md` shows what each format prints."""
    assert f"\n{example(form)}```\n" in GUIDE.read_text(encoding="utf-8")


def test_the_guide_lists_every_format():
    """The table has a row for each format."""
    guide = GUIDE.read_text(encoding="utf-8")
    assert all(f"| `{form}` |" in guide for form in findings.FORMATS)


def rewrite_examples():
    """Write the example of each format into the first block below its heading."""
    text = GUIDE.read_text(encoding="utf-8")
    for form in SHOWN:
        block = re.compile(rf"(?ims)(^## {form}\n.*?^```\w+\n).*?(?=^```$)")
        text, found = block.subn(lambda match, form=form: match[1] + example(form), text)
        assert found == 1
    GUIDE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite_examples()
