"""The page about checkov and trivy: its figures, its table, and its commands."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.defects import CHECKOV, DEFECTS, GOOD, template
from tests.support.guards.cases import ALL

from acmrules import lint
from acmrules.lint.rules import CATALOGUE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "pages" / "guards" / "other-linters.md").read_text("utf-8")


def found(properties):
    """Return the rules that find something in a request."""
    text = json.dumps(template(properties))
    return [each.rule.id for each in lint.check_text(text, name="site.json", settings={})]


def test_the_figures_of_the_defects_are_those_of_acmrules():
    """The page says how many are reported, and which one is not."""
    assert (len(DEFECTS), len(GOOD)) == (30, 2)
    assert [name for name, each in DEFECTS.items() if not found(each)] == [
        "transparency as a boolean"
    ]
    assert f"| acmrules | {len(DEFECTS) - 1} |" in PAGE
    assert [*map(found, GOOD.values())] == [[], ["ACM102", "ACM402"]]


def test_the_recorded_reports_are_about_wildcards():
    """Each request with an asterisk in a name is reported, and no other."""
    wildcards = {name for name, each in DEFECTS.items() if "*" in json.dumps(_names(each))}
    assert CHECKOV.keys() == wildcards
    assert f"| checkov 3.3.30 | {len(CHECKOV)} |" in PAGE


def _names(properties):
    return [properties["DomainName"], *properties.get("SubjectAlternativeNames", ())]


def test_the_figures_of_the_case_files_are_those_of_acmrules(tmp_path):
    """In templates of CloudFormation and files of Terraform."""
    files, rules = 0, []
    for case in ALL:
        paths = []
        for name, text in case.texts.items():
            path = tmp_path / case.name / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            is_template = name.endswith((".yaml", ".json")) and "Resources" in text
            if name.endswith(".tf") or (is_template and "AWS::" in text):
                paths.append(path)
        files += len(paths)
        report = lint.check_paths(paths, settings={})
        rules += [each.rule.id for each in report if each.severity > lint.Severity.NOTE]
    words = f"In the {files} templates and Terraform files of `tests/cases`, acmrules has "
    figures = f"{len(rules)} errors and warnings by {len({*rules})} rules"
    assert words + figures in " ".join(PAGE.split())


def test_the_table_has_existing_rules():
    """Each rule of acmrules on the page exists."""
    assert {*re.findall(r"ACM\d+", PAGE)} <= {rule.id for rule in CATALOGUE}


RECORDED = """\
#!/bin/sh
test "$1 $2 $3 $4 $5" = "-d infra --compact --quiet --skip-check" || exit 2
echo 'Check: CKV_AWS_103: "Ensure that Load Balancer Listener is using at least TLS v1.2"'
exit 1
"""
"""What checkov 3.3.30 answers for the example, where it is not installed: that takes 100 s."""


@pytest.mark.slow
def test_the_commands_report_nothing_twice(tmp_path):
    """The checks in common are skipped, and those of the load balancer are not."""
    shutil.copytree(ROOT / "docs" / "examples" / "bad", tmp_path / "infra")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "acmrules").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m acmrules "$@"\n')
    if shutil.which("checkov") is None:
        (programs / "checkov").write_text(RECORDED)
    for each in programs.iterdir():
        each.chmod(0o755)
    (block,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    run = subprocess.run(
        ["bash", "-c", block],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "ACM401" in run.stdout
    assert "CKV_AWS_103" in run.stdout
    assert "CKV2_AWS_71" not in run.stdout
    assert "Traceback" not in run.stderr
