"""The files that a run checks: `check --list-files`."""

import io
import json
import sys

import pytest
from tests.support.commands import GOOD, write_all

MODULE = """\
resource "aws_acm_certificate" "c" {
  domain_name       = "brightharbor.io"
  validation_method = "DNS"
}
"""
FILES = {
    "a.yaml": GOOD,
    "other.yaml": "x: 1\n",
    "x/b.json": json.dumps({"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}),
    "m/main.tf": MODULE,
    "m/variables.tf": 'variable "x" {}\n',
    "m/notes.txt": "brightharbor.io\n",
    "out/c.yaml": GOOD,
}


def listed(run, *words):
    code, out, err = run("check", "--list-files", *words)
    assert (code, err) == (0, "")
    return out.splitlines()


def test_files_that_may_have_certificates_are_listed(run):
    """The files of modules are included, in the order of the run."""
    write_all(FILES)
    expected = ["a.yaml", "m/main.tf", "m/variables.tf", "out/c.yaml", "x/b.json"]
    assert listed(run, ".") == expected
    assert listed(run, "x", "m") == ["x/b.json", "m/main.tf", "m/variables.tf"]


def test_every_checked_file_is_listed(run):
    """A file with a finding, or in a summary, is in the list."""
    write_all({**FILES, "a.yaml": GOOD.replace("DomainName: b", "DomainName: _")})
    report = json.loads(run("check", ".", "--format", "json")[1])
    assert {each["file"] for each in report["findings"]} <= {*listed(run, ".")}


def test_named_files_are_listed(run):
    """A named file is always looked at."""
    write_all(FILES)
    assert listed(run, "other.yaml", "m/notes.txt") == ["other.yaml", "m/notes.txt"]
    assert listed(run, "m/main.tf", "./a.yaml") == ["m/main.tf", "./a.yaml"]


def test_exclusions_are_left_out(run):
    """Settings and options exclude files, also those of modules."""
    write_all({**FILES, ".acmrules.toml": 'exclude = ["out/", "variables.tf"]\n'})
    assert listed(run, ".") == ["a.yaml", "m/main.tf", "x/b.json"]
    assert listed(run, ".", "--exclude", "m") == ["a.yaml", "out/c.yaml", "x/b.json"]
    assert listed(run, "out/c.yaml") == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("terraform", ["m/main.tf", "m/variables.tf"]),
        ("cloudformation", ["a.yaml", "out/c.yaml"]),
        ("kubernetes", []),
    ],
)
def test_the_kind_limits_the_list(run, kind, expected):
    """Only files that a reader of the kind may read are listed."""
    write_all(FILES)
    assert listed(run, ".", "--kind", kind) == expected


def test_nothing_is_checked(run):
    """Findings and invalid files do not matter, but files that cannot be read do."""
    write_all({"a.yaml": GOOD.replace("DomainName: b", "DomainName: _") + "["})
    assert listed(run, ".") == ["a.yaml"]
    code, out, err = run("check", "--list-files", "a.yaml", "gone.yaml")
    assert (code, out) == (2, "a.yaml\n")
    assert err == "acmrules: gone.yaml: no such file or directory\n"
    write_all({".acmrules.toml": "selekt = 1\n"})
    assert run("check", "--list-files", ".")[0] == 2


def test_an_unprintable_name_is_escaped(run):
    """Each file has one line."""
    write_all({"a\nb.yaml": GOOD})
    assert listed(run, ".") == ["a\\nb.yaml"]


def test_standard_input_is_listed_by_its_name(run, monkeypatch):
    """It is a file like others."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert listed(run, "-") == ["-"]
    assert listed(run, "-", "--stdin-filename", "new/a.yaml") == ["new/a.yaml"]


def test_excluded_files_are_listed_on_request(run):
    """With `-v`, they are on standard error."""
    write_all({**FILES, ".acmrules.toml": 'exclude = ["out/", "variables.tf"]\n'})
    code, out, err = run("check", "--list-files", "-v", ".")
    assert (code, out) == (0, "a.yaml\nm/main.tf\nx/b.json\n")
    assert "acmrules: m/variables.tf: excluded\nacmrules: out/c.yaml: excluded\n" in err
