"""The command `validation`: its output, exit codes and errors."""

import pytest
from tests.support.validation import template, zone

from acmrules.cli.main import CLEAN, FOUND, UNREADABLE, main

SITE = template(
    """
    DomainName: brightharbor.io
    SubjectAlternativeNames: ['*.brightharbor.io', shop.lighthouse.io]
    ValidationMethod: DNS
    DomainValidationOptions: [{DomainName: brightharbor.io, HostedZoneId: !Ref Zone}]
    """,
    zone("brightharbor.io"),
)
MAIL = template("DomainName: brightharbor.io\nSubjectAlternativeNames: [www.brightharbor.io]")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def told(capsys):
    """Run the command, and return its exit code and output."""

    def run(*words, as_of="2026-11-23"):
        code = main(["validation", *words, "--as-of", as_of])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


GIVEN = "DomainName: w.a.io\nValidationMethod: DNS\nDomainValidationOptions:\n- {{DomainName: w.a.io, HostedZoneId: {}}}"  # noqa: E501  (one line of YAML each)
PLAIN = "DomainName: w.a.io\nValidationMethod: DNS"
TERRAFORM = """
resource "aws_acm_certificate" "site" {
  domain_name       = "w.a.io"
  validation_method = "DNS"
}
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SITE, CLEAN),
        (template("DomainName: a.io\nValidationMethod: dns"), FOUND),
        (template(f"DomainName: {'.'.join('abcd' * 30)}\nValidationMethod: DNS"), FOUND),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "changes", "cloudformation", "terraform"])
def test_exit_codes(here, told, text, code, form):
    """The exit code is 1 if a validation cannot succeed, in every format."""
    (here / "a.yaml").write_text(text)
    assert told("a.yaml", "--format", form)[0] == code
    (here / "b.yaml").write_text("Resources: [")
    assert told("a.yaml", "missing.yaml", "--format", form)[0] == UNREADABLE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", CLEAN),
        (b"\xff\xfeR\x00", CLEAN),
        (b"Resources: {A: {Type: AWS::CertificateManager::Certificate}} \xff", UNREADABLE),
        (b"AWS::CertificateManager::Certificate \0", UNREADABLE),
        (b"Resources:\n  A: {Type: AWS::CertificateManager::Certificate", UNREADABLE),
    ],
)
def test_hostile_files(here, told, data, code):
    """Unreadable inputs are reported on standard error."""
    (here / "a.yaml").write_bytes(data)
    found, out, err = told("a.yaml")
    assert (found, bool(err)) == (code, code == UNREADABLE)
    assert out == "0 certificates in 0 files\n"


def test_control_characters_stay_in_the_file(here, told):
    """Control characters from files are escaped."""
    (here / "a.yaml").write_text(template('DomainName: "a\\e[31m.io"\nValidationMethod: DNS'))
    code, out, _ = told("a.yaml")
    assert (code, "\x1b" in out, "\\x1b[31m" in out) == (FOUND, False, True)
    for form in ("json", "changes", "cloudformation", "terraform"):
        _, out, err = told("a.yaml", "--format", form)
        assert "\x1b" not in out + err


def test_days_before_acm(here, told):
    """A date before ACM launched is a usage error."""
    (here / "a.yaml").write_text(SITE)
    code, out, err = told("a.yaml", as_of="2010-01-01")
    assert (code, out) == (UNREADABLE, "")
    assert err == "acmrules: 2010-01-01 is before 2016-01-21, when ACM launched\n"


def test_the_day_of_settings_counts(here, told, capsys):
    """The date comes from the settings of a file, unless the command line has one."""
    (here / ".acmrules.toml").write_text('as-of = "2028-03-15"\n')
    (here / "a.yaml").write_text(MAIL)
    assert main(["validation", "a.yaml"]) == FOUND
    assert "is not available on 2028-03-15" in capsys.readouterr().out
    assert told("a.yaml")[0] == CLEAN


def test_the_order_of_files_does_not_matter(here, told):
    """The order of the files does not matter."""
    (here / "a.yaml").write_text(SITE)
    (here / "b.yaml").write_text(MAIL)
    (here / "c.tf").write_text(TERRAFORM)
    for form in ("text", "json", "changes", "cloudformation", "terraform"):
        one = told("a.yaml", "b.yaml", "c.tf", "--format", form)
        assert one == told("c.tf", "b.yaml", "a.yaml", "--format", form)
        assert one == told(".", "--format", form)
