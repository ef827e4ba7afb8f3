"""The table of formats.

`python tests/lint/test_reports.py` rewrites the examples in `docs/reports.md`.
"""

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from tests.support.reports import finding, report
from tests.support.reports import reports as drawn_reports

from acmrules.lint.linter import Linter
from acmrules.readers import registry
from acmrules.reports import findings
from acmrules.syntax.source import Source

GUIDE = Path(__file__).parents[2] / "docs" / "reports.md"
ELSEWHERE = Source("/srv/checkout/infra/site.yaml", "x" * 999)


@pytest.mark.parametrize("form", findings.FORMATS)
def test_every_format_renders_with_its_own_module(form):
    """A module stands under the name of its format and says what was found."""
    shown = findings.render(report(finding()), form, "/work")
    assert "ACM301" in shown
    assert shown.endswith("\n")
    assert sys.modules[findings.FORMATS[form]].__name__.endswith(f".{form}")


@pytest.mark.parametrize("form", sorted(findings.ROOTED))
def test_files_are_named_from_the_folder(form):
    """Where others look for the file, it is named as they know it."""
    shown = findings.render(report(finding(ELSEWHERE, (0, 1))), form, "/srv/checkout")
    assert "infra/site.yaml" in shown
    assert "/srv/checkout/infra" not in shown


@given(drawn_reports())
def test_a_report_reads_the_same_each_time(drawn):
    """In each format, any report renders, and renders again to the same text."""
    for form in findings.FORMATS:
        assert findings.render(drawn, form) == findings.render(drawn, form), form


def example(form):
    """Return what `docs/reports.md` shows of a format."""
    source = Source("infra/names.txt", "brightharbor.io\nWWW.brightharbor.io\n")
    shown = findings.render(Linter().report(registry.read(source)).__replace__(files=1), form)
    if form != "sarif":
        return shown
    [run] = json.loads(shown)["runs"]
    return json.dumps(run["results"][0], indent=2) + "\n"


@pytest.mark.parametrize("form", sorted(findings.ROOTED))
def test_the_examples_of_the_guide_are_true(form):
    """What `docs/reports.md` shows of a format is what is printed."""
    assert f"\n{example(form)}```\n" in GUIDE.read_text(encoding="utf-8")


def test_the_guide_tells_every_format():
    """None is missing in the table."""
    guide = GUIDE.read_text(encoding="utf-8")
    assert all(f"| `{form}` |" in guide for form in findings.FORMATS)


def rewrite_examples():
    """Write the report of each format into the first block below its heading."""
    text = GUIDE.read_text(encoding="utf-8")
    for form in findings.ROOTED:
        block = re.compile(rf"(?ims)(^## {form}\n.*?^```\w+\n).*?(?=^```$)")
        text, found = block.subn(lambda match, form=form: match[1] + example(form), text)
        assert found == 1
    GUIDE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite_examples()
